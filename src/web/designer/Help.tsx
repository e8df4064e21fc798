import { Button, Kbd } from '@mantine/core'
import { Fragment } from 'react'
import { m } from '#messages'
import { Dialog } from './Dialog.tsx'
import classes from './help.module.css'
import { keysOf, type Shortcut, shortcuts, type Where } from './shortcuts.ts'
import { useWorkshop } from './workshop.ts'

const words: { [Place in Where]: { title(): string; does: Record<Shortcut<Place>, () => string> } } = {
  page: {
    title: m.designer_keys_page,
    does: {
      help: m.designer_key_help,
      find: m.designer_key_find,
      undo: m.designer_key_undo,
      redo: m.designer_key_redo,
      past: m.designer_key_past,
      copy: m.designer_key_copy,
      cut: m.designer_key_cut,
      paste: m.designer_key_paste,
      duplicate: m.designer_key_duplicate,
      selectAll: m.designer_key_all,
      note: m.designer_key_note,
      group: m.designer_key_group,
      hold: m.designer_key_hold,
      save: m.designer_key_save,
    },
  },
  card: {
    title: m.designer_keys_canvas,
    does: {
      go: m.designer_key_go,
      open: m.designer_key_open,
      pick: m.designer_key_pick,
      add: m.designer_key_add,
      connect: m.designer_key_connect,
      remove: m.designer_key_remove,
      along: m.designer_key_along,
      moveTo: m.designer_key_move_to,
      replace: m.designer_key_replace,
      move: m.designer_key_move,
      frame: m.canvas_key_frame,
      letGo: m.designer_key_let_go,
    },
  },
  note: {
    title: m.designer_keys_note,
    does: {
      write: m.designer_key_note_write,
      move: m.designer_key_note_move,
      resize: m.designer_key_note_resize,
      remove: m.designer_delete,
      letGo: m.designer_key_let_go,
    },
  },
  line: {
    title: m.designer_keys_outline,
    does: {
      go: m.designer_key_line_go,
      out: m.designer_key_line_out,
      into: m.designer_key_line_into,
      ends: m.designer_key_line_ends,
      open: m.designer_key_open,
      add: m.designer_key_add,
      connect: m.designer_key_connect,
      along: m.designer_key_along,
      moveTo: m.designer_key_move_to,
      replace: m.designer_key_replace,
      remove: m.designer_key_remove,
    },
  },
}

/** All keys of the designer, made from the list by which they work. */
export default function Help() {
  const { desk } = useWorkshop()
  return (
    <Dialog onClose={() => desk.setState({ helping: false })} title={m.designer_keys()} size="lg" centered>
      <div className={classes.places}>
        <Place place="page" />
        <Place place="card" />
        <Place place="line" />
        <Place place="note" />
      </div>
      <Button variant="default" mt="md" onClick={() => desk.setState({ helping: false, touring: true })}>
        {m.tour_begin()}
      </Button>
    </Dialog>
  )
}

function Place<Of extends Where>({ place }: { place: Of }) {
  const rows: { name: string; does: string; keys: readonly string[] }[] = []
  for (const name in shortcuts[place]) rows.push({ name, does: words[place].does[name](), keys: keysOf(place, name) })
  return (
    <section className={classes.place}>
      <h3 className={classes.title}>{words[place].title()}</h3>
      <dl className={classes.keys}>
        {rows.map(({ name, does, keys }) => (
          <div key={name} className={classes.key}>
            <dt>
              {chordsOf(keys).map(({ held, strokes }, index) => (
                <Fragment key={held.join()}>
                  {index > 0 && <span className={classes.or}>{m.designer_key_or()}</span>}
                  {[...held, ...strokes].map((key) => (
                    <Kbd key={key}>{nameKey(key)}</Kbd>
                  ))}
                </Fragment>
              ))}
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

/** Keys pressed while the same others are held are shown together: Alt ↑ ↓ ← →. */
function chordsOf(keys: readonly string[]): { held: string[]; strokes: string[] }[] {
  const chords = Map.groupBy(keys, (key) => key.split('+').slice(0, -1).filter(Boolean).join('+'))
  return [...chords].map(([held, strokes]) => ({
    held: held === '' ? [] : held.split('+'),
    strokes: strokes.map((stroke) => (stroke.endsWith('+') ? '+' : (stroke.split('+').at(-1) ?? stroke))),
  }))
}

const isMac = navigator.userAgent.includes('Mac')

function nameKey(key: string): string {
  const names: Record<string, string> = {
    Mod: isMac ? '⌘' : m.designer_key_name_ctrl(),
    Alt: isMac ? '⌥' : 'Alt',
    Shift: m.designer_key_name_shift(),
    ' ': m.designer_key_name_space(),
    Enter: m.designer_key_name_enter(),
    Delete: m.designer_key_name_delete(),
    Backspace: '⌫',
    Escape: m.designer_key_name_escape(),
    Home: m.designer_key_name_home(),
    End: m.designer_key_name_end(),
    ArrowUp: '↑',
    ArrowDown: '↓',
    ArrowLeft: '←',
    ArrowRight: '→',
  }
  return names[key] ?? key.toUpperCase()
}
