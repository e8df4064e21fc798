import { m } from '#messages'
import { catalogue } from '../../../catalogue/catalogue.ts'
import { useScene } from '../canvas/SceneProvider.tsx'
import { showSettings } from '../desk.ts'
import { useDoings } from '../doings.ts'
import { nextSpot } from '../draft/nearby.ts'
import { useDesk, useDraft, useWorkshop } from '../workshop.ts'
import { choicesOf } from './Adder.tsx'
import { type Choice, Chooser } from './Chooser.tsx'
import { goToCard } from '../focusing.ts'
import { listOffers } from './offers.ts'

/** How wide the list is and how far below the window's upper edge. CSS pixels. */
const [width, below] = [340, 88]

/** One list of everything: what can be added after the chosen card, every card to go to, and all that can be done. */
export function Finder() {
  const finding = useDesk((state) => state.finding)
  return finding && <OpenFinder />
}

function OpenFinder() {
  const workshop = useWorkshop()
  const { desk, draft, commands, language } = workshop
  const scene = useScene()
  const readOnly = useDraft((state) => state.readOnly)
  const chosen = useDraft((state) => state.selection.at(-1))
  const doings = useDoings()
  const offers = readOnly ? [] : listOffers(catalogue, language)
  const after = scene.cards.find((card) => card.id === chosen && card.role === 'step')
  const offered: Choice[] = choicesOf(offers).map((choice, at) => ({
    ...choice,
    group:
      offers[at]?.role === 'trigger'
        ? m.designer_add_trigger()
        : after
          ? m.designer_add_after({ title: after.title })
          : m.designer_add_step(),
  }))
  const cards: Choice[] = [...scene.cards]
    .sort((one, other) => one.order - other.order)
    .map((card) => ({ value: `card ${card.id}`, title: card.title, about: card.sentence, group: m.designer_find_go(), aside: card.number }))
  const done: Choice[] = doings.map(({ name, title, also }) => ({
    value: `do ${name}`,
    title,
    about: '',
    group: m.designer_find_do(),
    ...(also === undefined ? {} : { also }),
  }))
  const close = () => desk.setState({ finding: false })
  const choose = (value: string) => {
    close()
    const [what = '', name = ''] = value.split(' ')
    if (what === 'do') return doings.find((doing) => doing.name === name)?.run()
    if (what === 'card') return goToCard(workshop, name)
    const offer = offers.find((each) => `${each.role} ${each.type}` === value)
    if (!offer) return undefined
    commands.add(offer, nextSpot(workshop.scene(), draft.getState().selection, offer))
    const [added] = desk.getState().fresh
    if (added !== undefined) showSettings(desk, added)
    return undefined
  }
  return (
    <Chooser
      place={{ left: (window.innerWidth - width) / 2, top: below, width, height: 0 }}
      title={readOnly ? m.designer_find_read() : m.designer_find()}
      // Whoever searches by name finds cards first; the kinds of steps come by the dozen.
      choices={[...cards, ...done, ...offered]}
      nothing={m.designer_nothing_found()}
      onChoose={choose}
      onClose={close}
    />
  )
}
