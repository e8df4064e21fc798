import { m } from '#messages'
import { useScene } from '../canvas/SceneProvider.tsx'
import type { Scene } from '../canvas/scene.ts'
import { spotOf } from '../canvas/showing.ts'
import { useDesk, useWorkshop } from '../workshop.ts'
import { type Choice, Chooser } from './Chooser.tsx'

/** Every place to which a step, or steps that follow one another, can be moved, open where somebody asked for it. */
export function Mover() {
  const { desk, commands } = useWorkshop()
  const moving = useDesk((state) => state.relocating)
  const scene = useScene()
  if (!moving) return null
  const { ids, place } = moving
  const close = () => desk.setState({ relocating: undefined })
  return (
    <Chooser
      place={place}
      title={m.designer_move_where({ title: titleOf(scene, ids) })}
      choices={placesFor(scene, ids)}
      nothing={m.designer_nothing_found()}
      onChoose={(name) => {
        close()
        commands.moveTo(ids, spotOf(name))
      }}
      onClose={close}
    />
  )
}

function titleOf({ cards }: Scene, ids: readonly string[]): string {
  if (ids.length > 1) return m.designer_count_steps({ count: ids.length })
  return cards.find((card) => card.id === ids[0])?.title ?? ''
}

/** Lines and open ends of other cards, by their names on the canvas, in reading order; then the exits at which it would run beside what follows. */
function placesFor(scene: Scene, ids: readonly string[]): Choice[] {
  const cards = new Map(scene.cards.map((card) => [card.id, card]))
  const title = (of: string) => cards.get(of)?.title ?? ''
  const order = (of: string) => cards.get(of)?.order ?? 0
  const lines = scene.lines
    .filter(({ from, to }) => !ids.includes(from) && !ids.includes(to))
    .toSorted((one, other) => order(one.from) - order(other.from))
  const aside = (label: string) => (label === '' ? {} : { aside: label })
  return [
    ...lines
      .filter(({ kind }) => kind !== 'open')
      .map((line) => ({
        value: line.id,
        title: m.designer_place_between({ from: title(line.from), to: title(line.to) }),
        about: '',
        group: m.designer_places_between(),
        ...aside(line.label),
      })),
    ...lines
      .filter(({ kind }) => kind === 'open')
      .map((line) => ({
        value: line.id,
        title: m.designer_place_after({ title: title(line.from) }),
        about: '',
        group: m.designer_places_end(),
        ...aside(line.label),
      })),
    ...[...new Map(lines.filter(({ kind }) => kind !== 'open').map((line) => [`${line.from}:${line.exit}:`, line]))].map(
      ([value, line]) => ({
        value,
        title: m.designer_place_after({ title: title(line.from) }),
        about: '',
        group: m.designer_places_beside(),
        ...aside(line.label),
      }),
    ),
  ]
}
