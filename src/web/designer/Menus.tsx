import { Connector } from './canvas/Connector.tsx'
import { MeetingMenu } from './canvas/MeetingMenu.tsx'
import { Adder } from './palette/Adder.tsx'
import { Finder } from './palette/Finder.tsx'
import { Mover } from './palette/Mover.tsx'
import { Replacer } from './palette/Replacer.tsx'

/** Whatever list is open: things to add, cards to connect to, places to move to, what can take a step's place, what a step waits for, all that there is. */
export default function Menus() {
  return (
    <>
      <Adder />
      <Connector />
      <Mover />
      <Replacer />
      <MeetingMenu />
      <Finder />
    </>
  )
}
