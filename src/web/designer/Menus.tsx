import { Connector } from './canvas/Connector.tsx'
import { MeetingMenu } from './canvas/MeetingMenu.tsx'
import { Adder } from './palette/Adder.tsx'
import { Finder } from './palette/Finder.tsx'
import { Mover } from './palette/Mover.tsx'

/** Whatever list is open: things to add, cards to connect to, places to move to, what a step waits for, all that there is. */
export default function Menus() {
  return (
    <>
      <Adder />
      <Connector />
      <Mover />
      <MeetingMenu />
      <Finder />
    </>
  )
}
