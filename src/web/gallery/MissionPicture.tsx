import { icons } from 'virtual:icons'
import { catalogue } from '../../catalogue/catalogue.ts'
import type { Mission } from '../../mission/mission.ts'
import classes from './MissionPicture.module.css'
import { pictureOf, tileSize } from './picture.ts'

const iconSize = 18

/** A mission as a small picture: triggers filled, steps that wait for people tinted, everything else plain. */
export function MissionPicture({ mission, label }: { mission: Mission; label: string }) {
  const { width, height, tiles, curves } = pictureOf(mission)
  return (
    <svg className={classes.picture} viewBox={`0 0 ${width} ${height}`} style={{ maxWidth: width * 1.25 }} role="img" aria-label={label}>
      {curves.map(({ id, path }) => (
        <path key={id} d={path} className={classes.curve} />
      ))}
      {tiles.map(({ id, type, trigger, x, y }) => {
        const action = catalogue.actions.get(type)
        const Icon = icons[(trigger ? catalogue.triggers.get(type)?.icon : action?.icon) ?? '']
        return (
          <g key={id} data-kind={trigger ? 'trigger' : action?.asking ? 'asks' : 'step'} className={classes.tile}>
            <rect x={x - tileSize / 2} y={y - tileSize / 2} width={tileSize} height={tileSize} rx={10} />
            {Icon && <Icon x={x - iconSize / 2} y={y - iconSize / 2} size={iconSize} stroke={1.7} aria-hidden />}
          </g>
        )
      })}
    </svg>
  )
}
