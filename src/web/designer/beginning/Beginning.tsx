import { Anchor, FileButton, Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ComponentProps } from 'react'
import { icons } from 'virtual:icons'
import { m } from '#messages'
import { catalogue } from '../../../catalogue/catalogue.ts'
import { type Template, useTemplate } from '../../../catalogue/template.ts'
import { say } from '../../../mission/words.ts'
import { useSession } from '../../data/session.ts'
import { templatesQuery } from '../../gallery/templates.ts'
import shared from '../designer.module.css'
import { placeOf } from '../desk.ts'
import { bringIn, missionFiles } from '../draft/bringing.ts'
import { listOffers } from '../palette/offers.ts'
import { useDraft, useWorkshop } from '../workshop.ts'
import classes from './beginning.module.css'

/** The starts that most missions have, the first ones offered. */
const common = ['person-joined-workspace', 'chat-command', 'schedule', 'form']

/** How many templates are offered right here: the first ones of the gallery. */
const mostTemplates = 3

// Not a hook, though its name says "use": it copies a template.
const copyTemplate = useTemplate

/** What an empty mission offers: choose what starts it, take a template, or bring in a file; and to be shown around. */
export default function Beginning() {
  const readOnly = useDraft((state) => state.readOnly)
  if (readOnly) return <p className={classes.beginning}>{m.designer_empty_read()}</p>
  return (
    <section className={classes.beginning} aria-labelledby="beginning">
      <h2 id="beginning">{m.beginning_title()}</h2>
      <Guide />
      <ul className={classes.ways}>
        <li>
          <Triggers />
        </li>
        <li>
          <Templates />
        </li>
        <li>
          <FromFile />
        </li>
      </ul>
    </section>
  )
}

/** The first way: the trigger. */
function Triggers() {
  const { commands, desk, language } = useWorkshop()
  const offers = listOffers(catalogue, language)
    .filter((offer) => offer.role === 'trigger' && common.includes(offer.type))
    .sort((one, other) => common.indexOf(one.type) - common.indexOf(other.type))
  const choose =
    (at: 'top' | 'loose') =>
    ({ currentTarget }: { currentTarget: Element }) =>
      desk.setState({ adding: { spot: { at }, place: placeOf(currentTarget) } })
  return (
    <>
      <h3>{m.beginning_trigger()}</h3>
      <p>{m.beginning_trigger_how()}</p>
      <ul className={classes.starts}>
        {offers.map((offer) => (
          <li key={offer.type}>
            <Start icon={offer.icon} title={offer.title} about={offer.about} onClick={() => commands.add(offer, { at: 'top' })} />
          </li>
        ))}
      </ul>
      <p className={classes.otherwise}>
        <button type="button" className={shared.link} onClick={choose('top')}>
          {m.beginning_other()}
        </button>
        <button type="button" className={shared.link} onClick={choose('loose')}>
          {m.beginning_step()}
        </button>
      </p>
    </>
  )
}

/** The second way: a ready mission, put into this one; what it still has to be told, the check says. */
function Templates() {
  const { commands, language } = useWorkshop()
  const { person, workspace } = useSession()
  const { data, isError } = useQuery(templatesQuery(workspace.id))
  const take = (template: Template) => commands.bringIn(copyTemplate(template, { language, zone: person.time_zone }))
  return (
    <>
      <h3>{m.beginning_template()}</h3>
      <p>{m.beginning_template_how()}</p>
      {!isError && (
        <ul className={classes.templates} aria-busy={data === undefined}>
          {data === undefined
            ? Array.from({ length: mostTemplates }, (_, place) => <Skeleton component="li" key={place} height={46} radius="md" />)
            : data.slice(0, mostTemplates).map((template) => (
                <li key={template.slug}>
                  <Start icon={template.icon} title={say(template.title, language)} onClick={() => take(template)} />
                </li>
              ))}
        </ul>
      )}
      <p className={classes.otherwise}>
        <Anchor component={Link} to="/templates">
          {m.beginning_gallery()}
        </Anchor>
      </p>
    </>
  )
}

/** The third way: what somebody has downloaded elsewhere. */
function FromFile() {
  const workshop = useWorkshop()
  return (
    <>
      <h3>{m.beginning_file()}</h3>
      <p>
        {m.beginning_file_how()}{' '}
        <FileButton accept={missionFiles} onChange={(file) => file && void bringIn(file, workshop)}>
          {(props) => (
            <button type="button" className={shared.link} {...props}>
              {m.beginning_file_choose()}
            </button>
          )}
        </FileButton>
      </p>
    </>
  )
}

function Guide() {
  const { desk } = useWorkshop()
  return (
    <p className={classes.guide}>
      {m.beginning_new_here()}{' '}
      <button type="button" className={shared.link} onClick={() => desk.setState({ touring: true })}>
        {m.tour_begin()}
      </button>
    </p>
  )
}

function Start({ icon, title, about, ...rest }: { icon: string; title: string; about?: string } & ComponentProps<'button'>) {
  const Icon = icons[icon]
  return (
    <button type="button" className={classes.start} {...rest}>
      {Icon && <Icon size={20} stroke={1.8} aria-hidden />}
      <span>
        <strong>{title}</strong>
        {about && <small>{about}</small>}
      </span>
    </button>
  )
}
