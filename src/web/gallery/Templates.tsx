import { Button, SegmentedControl, Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { m } from '#messages'
import { templateCategories } from '../../catalogue/template.ts'
import { say } from '../../mission/words.ts'
import { useSession } from '../data/session.ts'
import { Coming } from '../shell/Coming.tsx'
import { Empty } from '../shell/Empty.tsx'
import { Page } from '../shell/Page.tsx'
import { Pages } from '../shell/Pages.tsx'
import { Search } from '../shell/Search.tsx'
import type { TemplatesFilter } from '../shell/search.ts'
import { MissionPicture } from './MissionPicture.tsx'
import { Preview } from './Preview.tsx'
import { findTemplates, type GalleryTemplate, missionOf, ownCategory, pageSize, templatesQuery } from './templates.ts'
import classes from './Templates.module.css'

const everyCategory = 'all'

/** The gallery: ready missions as cards, each with a small picture. */
export function Templates({ filter, onFilter }: { filter: TemplatesFilter; onFilter: (filter: TemplatesFilter) => void }) {
  const { language, workspace } = useSession()
  const words = filter.q ?? ''
  const page = filter.page ?? 1
  const list = useQuery(templatesQuery(workspace.id))
  const [looked, setLooked] = useState<GalleryTemplate>()
  const found = findTemplates(list.data ?? [], words, filter.category, language)
  // All of them until one knows: what comes later would move everything below on a phone.
  const categories = Object.entries(templateCategories).filter(
    ([category]) => !list.data || list.data.some((one) => !one.own && one.category === category),
  )
  const own = list.data?.some((one) => one.own) === true

  return (
    <Page title={m.shell_templates()} about={m.gallery_templates_about()}>
      <div className={classes.tools}>
        <Search
          label={m.gallery_search_templates()}
          value={words}
          onSearch={(q) => onFilter({ category: filter.category, q: q || undefined })}
        />
        <SegmentedControl
          aria-label={m.gallery_category()}
          className={classes.categories}
          value={filter.category ?? everyCategory}
          onChange={(category) => onFilter({ q: filter.q, category: category === everyCategory ? undefined : category })}
          data={[
            { value: everyCategory, label: m.gallery_show_all() },
            ...(own ? [{ value: ownCategory, label: m.gallery_template_own() }] : []),
            ...categories.map(([value, title]) => ({ value, label: say(title, language) })),
          ]}
        />
      </div>
      <Coming list={list}>
        <div className={classes.cards}>
          {[0, 1, 2, 3, 4, 5].map((card) => (
            <Skeleton key={card} height={276} radius="lg" />
          ))}
        </div>
      </Coming>
      {found.length > 0 && (
        <ul className={classes.cards} aria-label={m.gallery_templates_list()}>
          {found.slice((page - 1) * pageSize, page * pageSize).map((template) => (
            <Card key={template.slug} template={template} language={language} onLook={() => setLooked(template)} />
          ))}
        </ul>
      )}
      {list.data?.length === 0 && (
        <Empty
          title={m.gallery_no_templates()}
          actions={
            <Button component={Link} to="/missions" variant="default">
              {m.shell_not_found_go()}
            </Button>
          }
        >
          {m.gallery_no_templates_why()}
        </Empty>
      )}
      {list.data && list.data.length > 0 && found.length === 0 && (
        <Empty title={m.shell_nothing_found()}>{m.shell_nothing_found_why()}</Empty>
      )}
      <Pages page={page} size={pageSize} total={found.length} onPage={(next) => onFilter({ ...filter, page: next })} />
      {looked && <Preview template={looked} onClose={() => setLooked(undefined)} />}
    </Page>
  )
}

function Card({ template, language, onLook }: { template: GalleryTemplate; language: string; onLook: () => void }) {
  const mission = missionOf(template, language)
  const count = mission.steps.length
  return (
    <li className={classes.card}>
      <div className={classes.picture}>
        <MissionPicture mission={mission} label={m.gallery_template_picture({ count })} />
      </div>
      <h2 className={classes.title}>
        <button type="button" className={classes.open} onClick={onLook}>
          {say(template.title, language)}
        </button>
      </h2>
      <p className={classes.summary}>{say(template.summary, language)}</p>
      <p className={classes.facts}>
        {template.own ? m.gallery_template_own() : say(templateCategories[template.category], language)} ·{' '}
        {m.gallery_template_steps({ count })}
      </p>
    </li>
  )
}
