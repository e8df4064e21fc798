import { Textarea, TextInput } from '@mantine/core'
import { m } from '#messages'
import { useDraft, useWorkshop } from '../workshop.ts'
import classes from './settings.module.css'

/** Nothing is chosen: the mission's own name and description, and what to do next. */
export function MissionSettings() {
  const { commands } = useWorkshop()
  const name = useDraft((state) => state.mission.name)
  const description = useDraft((state) => state.mission.description)
  const readOnly = useDraft((state) => state.readOnly)
  return (
    <div className={classes.panel}>
      <div className={classes.head}>
        <div className={classes.kind}>
          <h2 className={classes.title}>{m.designer_mission()}</h2>
          <p className={classes.about}>{readOnly ? m.designer_mission_about_read() : m.designer_mission_about()}</p>
        </div>
      </div>
      <div className={classes.body}>
        <div className={classes.setting}>
          <TextInput
            label={m.designer_mission_name()}
            value={name}
            maxLength={120}
            disabled={readOnly}
            onChange={(event) => commands.nameMission(event.currentTarget.value)}
          />
        </div>
        <div className={classes.setting}>
          <Textarea
            label={m.designer_mission_description()}
            autosize
            minRows={3}
            maxRows={10}
            maxLength={2_000}
            value={description}
            disabled={readOnly}
            onChange={(event) => commands.describeMission(event.currentTarget.value)}
          />
        </div>
      </div>
    </div>
  )
}
