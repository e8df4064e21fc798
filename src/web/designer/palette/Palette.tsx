import { type KeyboardEvent, useMemo, useState } from 'react'
import { icons } from 'virtual:icons'
import { m } from '#messages'
import { catalogue } from '../../../catalogue/catalogue.ts'
import { nextSpot } from '../draft/nearby.ts'
import { useDraft, useWorkshop } from '../workshop.ts'
import { useCarrying } from './carrying.ts'
import { titleOfGroup } from './groups.ts'
import { listOffers, offerGroups, searchOffers, type ShownOffer } from './offers.ts'
import classes from './palette.module.css'

/** Everything that can be put into a mission: drag it onto the canvas, or press Enter to add it where the work is. */
export function Palette() {
  const { language, commands, draft, scene } = useWorkshop()
  const [search, setSearch] = useState('')
  const offers = useMemo(() => listOffers(catalogue, language), [language])
  const found = searchOffers(offers, search)
  const readOnly = useDraft((state) => state.readOnly)
  const carry = useCarrying()
  if (readOnly) return null

  const add = (offer: ShownOffer) => commands.add(offer, nextSpot(scene(), draft.getState().selection, offer))
  const onSearchKey = (event: KeyboardEvent<HTMLInputElement>) => {
    const [first] = found
    if (event.key === 'Enter' && search !== '' && first) add(first)
    if (event.key === 'Escape') setSearch('')
  }
  return (
    <section className={classes.palette} data-tour="palette" aria-label={m.designer_palette()}>
      <div className={classes.search}>
        <input
          type="search"
          className={classes.field}
          value={search}
          placeholder={m.designer_search_steps()}
          aria-label={m.designer_search_steps()}
          onChange={(event) => setSearch(event.currentTarget.value)}
          onKeyDown={onSearchKey}
        />
      </div>
      <div className={classes.list} tabIndex={-1}>
        {offerGroups.map((group) => {
          const items = found.filter((offer) => offer.group === group)
          if (items.length === 0) return null
          return (
            <section key={group} aria-labelledby={`palette-${group}`}>
              <h2 id={`palette-${group}`} className={classes.group}>
                {titleOfGroup(group)}
              </h2>
              <ul className={classes.items}>
                {items.map((offer) => (
                  <li key={`${offer.role} ${offer.type}`}>
                    <Item offer={offer} onAdd={add} carry={carry} />
                  </li>
                ))}
              </ul>
            </section>
          )
        })}
        {found.length === 0 && <p className={classes.none}>{m.designer_nothing_found()}</p>}
      </div>
    </section>
  )
}

function Item({ offer, onAdd, carry }: { offer: ShownOffer; onAdd(offer: ShownOffer): void; carry: ReturnType<typeof useCarrying> }) {
  const Icon = icons[offer.icon]
  return (
    <button
      type="button"
      className={classes.item}
      title={offer.about}
      data-offer={`${offer.role} ${offer.type}`}
      onPointerDown={(event) => carry(event, offer)}
      // A press with the pointer ends in `carry`; a click without one comes from the keyboard or a screen reader.
      onClick={(event) => event.detail === 0 && onAdd(offer)}
    >
      <span className={classes.tile}>{Icon && <Icon size={18} stroke={1.8} aria-hidden />}</span>
      {offer.title}
    </button>
  )
}
