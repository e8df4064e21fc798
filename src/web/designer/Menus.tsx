import { Connector } from './canvas/Connector.tsx'
import { MeetingMenu } from './canvas/MeetingMenu.tsx'
import { Adder } from './palette/Adder.tsx'

/** Whatever list is open: things to add, cards to connect to, what a step waits for. */
export default function Menus() {
  return (
    <>
      <Adder />
      <Connector />
      <MeetingMenu />
    </>
  )
}
