import { useMemo } from 'react'
import { m } from '#messages'
import { catalogue } from '../../../catalogue/catalogue.ts'
import { lossOf } from '../draft/replacing.ts'
import { useDesk, useDraft, useWorkshop } from '../workshop.ts'
import { choicesOf } from './Adder.tsx'
import { Chooser } from './Chooser.tsx'
import { listOffers } from './offers.ts'

/** What can take a step's place, open where somebody asked for it. Each says before what would be lost. */
export function Replacer() {
  const { desk, commands, language } = useWorkshop()
  const replacing = useDesk((state) => state.replacing)
  const mission = useDraft((state) => state.mission)
  const id = replacing?.id
  const choices = useMemo(() => {
    const type = mission.steps.find((step) => step.id === id)?.type
    if (id === undefined || type === undefined) return []
    const offers = listOffers(catalogue, language).filter((offer) => offer.role === 'step' && offer.type !== type)
    return choicesOf(offers).map((choice, at) => {
      const loss = lossOf(mission, id, commands.replacement(id, offers[at]?.type ?? ''), language)
      return { ...choice, about: loss ?? m.designer_replace_keeps() }
    })
  }, [commands, id, language, mission])
  if (!replacing) return null
  const close = () => desk.setState({ replacing: undefined })
  return (
    <Chooser
      place={replacing.place}
      title={m.designer_replace_by()}
      choices={choices}
      nothing={m.designer_nothing_found()}
      onChoose={(value) => {
        close()
        commands.replace(replacing.id, value.replace(/^step /, ''))
      }}
      onClose={close}
    />
  )
}
