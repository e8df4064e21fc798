import { SegmentedControl } from '@mantine/core'
import { useState } from 'react'
import { icons } from 'virtual:icons'
import { m } from '#messages'
import { catalogue } from '../../../catalogue/catalogue.ts'
import { failedExit } from '../../../mission/mission.ts'
import { useScene } from '../canvas/SceneProvider.tsx'
import { showSettings } from '../desk.ts'
import type { Spot } from '../draft/spot.ts'
import { useDesk, useDraft, useWorkshop } from '../workshop.ts'
import { Chooser, type Choice } from './Chooser.tsx'
import { titleOfGroup } from './groups.ts'
import { listOffers, type ShownOffer } from './offers.ts'

/** The list of things to add, open where "+" was pressed. */
export function Adder() {
  const { desk, language } = useWorkshop()
  const adding = useDesk((state) => state.adding)
  if (!adding) return null
  const offers = listOffers(catalogue, language).filter((offer) =>
    adding.spot.at === 'top' ? offer.role === 'trigger' : adding.spot.at === 'loose' || offer.role === 'step',
  )
  return (
    <AdderAt
      key={JSON.stringify(adding.spot)}
      spot={adding.spot}
      place={adding.place}
      byKey={adding.byKey === true}
      offers={offers}
      onClose={() => desk.setState({ adding: undefined })}
    />
  )
}

/** Things to add as choices of a list. */
export function choicesOf(offers: readonly ShownOffer[]): Choice[] {
  return offers.map((offer) => {
    const Icon = icons[offer.icon]
    return {
      value: `${offer.role} ${offer.type}`,
      title: offer.title,
      about: offer.about,
      also: offer.also,
      group: titleOfGroup(offer.group),
      icon: Icon && <Icon size={18} stroke={1.8} aria-hidden />,
    }
  })
}

function AdderAt({
  spot,
  place,
  byKey,
  offers,
  onClose,
}: {
  spot: Spot
  place: Parameters<typeof Chooser>[0]['place']
  byKey: boolean
  offers: readonly ShownOffer[]
  onClose(): void
}) {
  const { commands, desk } = useWorkshop()
  const [parallel, setParallel] = useState(false)
  const title = useSpotTitle(spot)
  const add = (value: string) => {
    const offer = offers.find((each) => `${each.role} ${each.type}` === value)
    onClose()
    if (offer) commands.add(offer, spot.at === 'line' && parallel ? { at: 'exit', from: spot.link.from, exit: spot.link.exit } : spot)
    const [added] = desk.getState().fresh
    if (byKey && added !== undefined) showSettings(desk, added)
  }
  return (
    <Chooser
      place={place}
      title={title}
      choices={choicesOf(offers)}
      nothing={m.designer_nothing_found()}
      onChoose={add}
      onClose={onClose}
      above={
        spot.at === 'line' && (
          <SegmentedControl
            mx="sm"
            mt="xs"
            size="xs"
            // Both are read whole in every language.
            orientation="vertical"
            aria-label={m.designer_how_to_add()}
            value={parallel ? 'and' : 'then'}
            onChange={(value) => setParallel(value === 'and')}
            data={[
              { value: 'then', label: m.designer_then_between() },
              { value: 'and', label: m.designer_and_beside() },
            ]}
          />
        )
      }
    />
  )
}

function useSpotTitle(spot: Spot): string {
  const scene = useScene()
  const titles = new Map(scene.cards.map((card) => [card.id, card.title]))
  const linked = useDraft(
    (state) => spot.at === 'exit' && state.mission.links.some((link) => link.from === spot.from && link.exit === spot.exit),
  )
  if (spot.at === 'top') return m.designer_add_trigger()
  if (spot.at === 'loose') return m.designer_add_step()
  if (spot.at === 'line') return m.designer_add_between({ from: titles.get(spot.link.from) ?? '', to: titles.get(spot.link.to) ?? '' })
  const title = titles.get(spot.from) ?? ''
  if (spot.exit === failedExit) return m.designer_add_if_fails({ title })
  return linked ? m.designer_add_beside({ title }) : m.designer_add_after({ title })
}
