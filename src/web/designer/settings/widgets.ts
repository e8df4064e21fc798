import type { ComponentType } from 'react'
import type { Widget } from '../../../catalogue/setting.ts'
import type { WidgetProps } from './field.ts'
import { DurationWidget } from './widgets/DurationWidget.tsx'
import { FieldsWidget } from './widgets/FieldsWidget.tsx'
import { JsonWidget } from './widgets/JsonWidget.tsx'
import { ChoicesWidget, MissionWidget, TableWidget } from './widgets/ListWidgets.tsx'
import { DataWidget, HeadersWidget, RowWidget } from './widgets/PairsWidgets.tsx'
import { PathsWidget } from './widgets/PathsWidget.tsx'
import { ChannelWidget, PeopleWidget, PersonWidget } from './widgets/PeopleWidgets.tsx'
import { NumberWidget, OptionWidget, YesnoWidget } from './widgets/PlainWidgets.tsx'
import { ScheduleWidget } from './widgets/ScheduleWidget.tsx'
import { LineWidget, MessageWidget, ParagraphsWidget } from './widgets/TextWidgets.tsx'
import { InstantWidget, TimezoneWidget } from './widgets/TimeWidgets.tsx'

/** Which component draws which kind of setting. */
export const widgets: Readonly<Record<Widget, ComponentType<WidgetProps>>> = {
  line: LineWidget,
  message: MessageWidget,
  text: ParagraphsWidget,
  person: PersonWidget,
  people: PeopleWidget,
  channel: ChannelWidget,
  duration: DurationWidget,
  instant: InstantWidget,
  schedule: ScheduleWidget,
  timezone: TimezoneWidget,
  number: NumberWidget,
  yesno: YesnoWidget,
  option: OptionWidget,
  choices: ChoicesWidget,
  fields: FieldsWidget,
  table: TableWidget,
  row: RowWidget,
  paths: PathsWidget,
  headers: HeadersWidget,
  json: JsonWidget,
  mission: MissionWidget,
  list: LineWidget,
  data: DataWidget,
}
