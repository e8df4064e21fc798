import { m } from '#messages'
import { Chooser } from '../palette/Chooser.tsx'
import { useDesk, useDraft, useWorkshop } from '../workshop.ts'
import { useScene } from './SceneProvider.tsx'

/** Drawing a line without a mouse: a list of the cards that an exit can lead to. */
export function Connector() {
  const { desk, commands } = useWorkshop()
  const connecting = useDesk((state) => state.connecting)
  const links = useDraft((state) => state.mission.links)
  const scene = useScene()
  if (!connecting) return null
  const { from, exit, place } = connecting
  const title = scene.cards.find((card) => card.id === from)?.title ?? ''
  const taken = new Set(links.filter((link) => link.from === from && link.exit === exit).map((link) => link.to))
  const choices = [...scene.cards]
    .sort((one, other) => one.order - other.order)
    .filter((card) => card.enters && card.id !== from && !taken.has(card.id))
    .map((card) => ({ value: card.id, title: card.title, about: card.sentence, group: m.designer_steps(), aside: card.number }))
  const close = () => desk.setState({ connecting: undefined })
  return (
    <Chooser
      place={place}
      title={m.designer_connect_from({ title })}
      choices={choices}
      nothing={m.designer_nothing_found()}
      onChoose={(to) => {
        close()
        commands.link({ from, exit, to })
      }}
      onClose={close}
    />
  )
}
