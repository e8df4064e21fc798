import { IconBraces, IconX } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { m } from '#messages'
import type { DatumKind } from '../../../../mission/kinds.ts'
import { type Place, placeOf } from '../../desk.ts'
import { DataMenu } from '../data/DataMenu.tsx'
import { useForm, type WidgetProps } from '../field.ts'
import { pillOf, readPill } from '../text/pill-parts.ts'
import classes from './widgets.module.css'

/** A field whose value may instead come from earlier data: then a pill stands in its place. */
export function OrData({ value, label, onChange, kinds, children }: WidgetProps & { kinds: readonly DatumKind[]; children: ReactNode }) {
  const { readOnly, pieces, look } = useForm()
  const [menu, setMenu] = useState<Place>()
  if (typeof value === 'string' && readPill(value)) {
    const { title, tip, known } = look(value)
    return (
      <div className={classes.stand}>
        <span className={classes.pill} data-known={known} title={tip}>
          {title}
        </span>
        {!readOnly && (
          <button type="button" className={classes.small} aria-label={m.designer_data_drop({ title })} onClick={() => onChange(undefined)}>
            <IconX size={15} aria-hidden />
          </button>
        )}
      </div>
    )
  }
  const fitting = pieces.some((piece) => kinds.includes(piece.kind) || piece.kind === 'any')
  return (
    <div className={classes.beside}>
      <div className={classes.grow}>{children}</div>
      {!readOnly && fitting && (
        <button
          type="button"
          className={classes.small}
          aria-label={m.designer_data_use({ label })}
          title={m.designer_data_insert()}
          onClick={(event) => setMenu(placeOf(event.currentTarget))}
        >
          <IconBraces size={17} aria-hidden />
        </button>
      )}
      {menu && (
        <DataMenu
          place={menu}
          pieces={pieces}
          kinds={kinds}
          onChoose={(piece) => onChange(pillOf(piece.reference))}
          onClose={() => setMenu(undefined)}
        />
      )}
    </div>
  )
}
