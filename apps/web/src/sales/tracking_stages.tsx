import { useCatalogue } from '../api/catalogue';
import { formatDecimal } from '../format/decimal';
import { humanised } from '../format/value_text';
import { Icon } from '../shell/icons';
import { lateText, progressOf, type Stage } from './tracking';

/** The way of an order as a line of stages, each with when it was to be and when it was. */
export function TrackingStages({ stages, currency, reached }: { stages: Stage[]; currency: string; reached: string }) {
  return (
    <ol className="stages" aria-label="Stages of the order">
      {stages.map((stage) => <StageStep key={stage.stage} stage={stage} currency={currency} isReached={stage.stage === reached} />)}
    </ol>
  );
}

const said = { done: 'done', begun: 'under way', late: 'late', open: 'to come' };

function StageStep({ stage, currency, isReached }: { stage: Stage; currency: string; isReached: boolean }) {
  const { company } = useCatalogue();
  const progress = progressOf(stage);
  const amount = (text: string) => formatDecimal(text, stage.measure === 'amount' ? company.decimals : 0);
  return (
    <li data-progress={progress} aria-current={isReached ? 'step' : undefined}>
      <span className="stage-dot" aria-hidden>{progress === 'done' && <Icon name="check" size={12} />}</span>
      <b>{humanised(stage.stage)}</b>
      <span className="hidden-text">, {said[progress]}</span>
      {stage.actual && <time dateTime={stage.actual}>{stage.actual}</time>}
      {!stage.actual && stage.promised && <span className="soft">by {stage.promised}</span>}
      {progress === 'begun' || progress === 'late' ? <span className="soft">{amount(stage.done)} of {amount(stage.whole)}{stage.measure === 'amount' ? ` ${currency}` : ''}</span> : null}
      {stage.days_late > 0 && <span className="stage-late">{lateText(stage.days_late)}</span>}
    </li>
  );
}
