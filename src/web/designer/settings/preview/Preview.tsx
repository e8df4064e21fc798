import { Tabs } from '@mantine/core'
import { useLocalStorage } from '@mantine/hooks'
import { m } from '#messages'
import { cityOf } from '../../../../catalogue/calendar.ts'
import { catalogue } from '../../../../catalogue/catalogue.ts'
import { lackingFor } from '../../../../mission/abilities.ts'
import { say } from '../../../../mission/words.ts'
import { useDraft, useWorkshop } from '../../workshop.ts'
import { DrawnForm } from './DrawnForm.tsx'
import { DrawnMessage } from './DrawnMessage.tsx'
import { type Face, faces } from './faces.ts'
import type { Preview as Seen } from './previewing.ts'
import classes from './preview.module.css'
import { usePreview } from './watching.ts'

/** What people will see of a card, with sample data in the places of pills: in each chat, and what is lost there. A keystroke behind what is written. */
export default function Preview({ id }: { id: string }) {
  const sender = useDraft((state) => state.mission.name)
  const [open, setOpen] = useLocalStorage({ key: 'missions.preview.open', defaultValue: true, getInitialValueInEffect: false })
  const found = usePreview(id, open)
  const seen = found === 'pending' ? undefined : found
  return (
    <details className={classes.preview} open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className={classes.summary}>{m.designer_preview()}</summary>
      {open && found === 'pending' && <p className={classes.caption}>{m.designer_preview_pending()}</p>}
      {open && seen?.as === 'nothing' && <p className={classes.caption}>{m.designer_preview_nothing()}</p>}
      {open && seen?.as === 'message' && <InChats id={id} seen={seen} sender={sender} />}
      {open && seen?.as === 'form' && (
        <div className={classes.face} data-face="page">
          {seen.title !== '' && <p className={classes.pageTitle}>{seen.title}</p>}
          {seen.intro !== '' && <p className={classes.pageIntro}>{seen.intro}</p>}
          <DrawnForm fields={seen.fields} submit={seen.where === 'page' ? m.designer_preview_send() : m.designer_start()} />
        </div>
      )}
      {open && seen?.as === 'email' && (
        <div className={classes.face} data-face="page">
          <p className={classes.pageTitle}>{seen.subject === '' ? m.designer_preview_no_subject() : seen.subject}</p>
          <p className={classes.pageIntro}>{seen.text}</p>
        </div>
      )}
    </details>
  )
}

function InChats({ id, seen, sender }: { id: string; seen: Extract<Seen, { as: 'message' }>; sender: string }) {
  const { language } = useWorkshop()
  const [chosen, choose] = useLocalStorage({ key: 'missions.preview.chat', defaultValue: 'builtin', getInitialValueInEffect: false })
  const [first] = faces
  const face = faces.find((one) => one.card.id === chosen) ?? first
  if (!face) return null
  return (
    <Tabs
      value={face.card.id}
      variant="pills"
      radius="xl"
      keepMounted={false}
      classNames={{ list: classes.tabs ?? '', tab: classes.tab ?? '' }}
      onChange={(value) => choose(value ?? 'builtin')}
    >
      <Tabs.List aria-label={m.designer_preview_chats()}>
        {faces.map(({ card, tab }) => (
          <Tabs.Tab key={card.id} value={card.id}>
            {tab ?? say(card.title, language)}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {faces.map((one) => (
        <Tabs.Panel key={one.card.id} value={one.card.id}>
          <DrawnMessage message={seen.message} sender={sender} face={one} />
          {seen.zone !== undefined && <p className={classes.caption}>{m.designer_preview_zone({ city: cityOf(seen.zone) })}</p>}
          <Losses id={id} face={one} />
        </Tabs.Panel>
      ))}
    </Tabs>
  )
}

/** What a chat cannot do of what the step needs, in words. */
function Losses({ id, face: { card, plain } }: { id: string; face: Face }) {
  const { language } = useWorkshop()
  const step = useDraft((state) => state.mission.steps.find((one) => one.id === id))
  const kind = step && catalogue.kinds.step(step.type)
  const lost = step && kind ? lackingFor(kind.title, { id, where: { step: id } }, kind.needs?.(step.settings) ?? [], card) : []
  if (lost.length === 0 && !plain) return null
  return (
    <ul className={classes.losses} aria-label={m.designer_preview_losses({ chat: say(card.title, language) })}>
      {lost.map((problem) => (
        <li key={problem.id} data-severity={problem.severity}>
          {say(problem.why, language)} {say(problem.remedy, language)}
        </li>
      ))}
      {plain && <li>{m.designer_preview_plain({ chat: say(card.title, language) })}</li>}
    </ul>
  )
}
