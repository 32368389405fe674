import { Button, CloseButton, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useCatalogue } from '../api/catalogue';
import { isReference } from '../api/contract';
import { entityChoices } from '../api/entity_choices';
import { ReferenceSelect } from '../form/reference_select';
import { Icon } from '../shell/icons';
import type { GuideDraft } from './guide_draft';
import type { GuideFault, GuideNode } from './guide_tree';

interface GuideBranchProps {
  node: GuideNode;
  guide: GuideDraft;
  faults: GuideFault[];
  isEditable: boolean;
}

/** One step, and below each of its answers the step that it leads to. */
export function GuideBranch(props: GuideBranchProps) {
  const { node, guide, faults, isEditable } = props;
  const step = guide.steps[node.place]!;
  if (node.isRepeated) return <p className="guide-again">Goes on at <b>{step.text || step.code}</b>, which stands above.</p>;
  const own = faults.filter(({ code }) => code === node.code);
  return (
    <div className="guide-branch">
      <div className="panel guide-step" data-kind={step.kind} data-fault={own.length > 0 ? '' : undefined}>
        {isEditable ? <StepInputs {...props} /> : <StepText {...props} />}
        {own.map(({ text }) => <p key={text} className="guide-fault"><Icon name="warning" size={14} /> {text}</p>)}
      </div>
      {node.answers.length > 0 && (
        <ul>
          {node.answers.map(({ place, next }) => (
            <li key={place}>
              {isEditable ? <AnswerInputs place={place} isOpen={next === null} {...props} /> : <p className="guide-answer-text">{guide.answers[place]?.text}</p>}
              {next && <GuideBranch {...props} node={next} />}
            </li>
          ))}
        </ul>
      )}
      {isEditable && step.kind === 'question' && <Button className="guide-add" variant="subtle" size="compact-xs" leftSection={<Icon name="plus" size={12} />} onClick={() => guide.addAnswer(node.code)} aria-label={`Add an answer to ${step.text || step.code}`}>Answer</Button>}
    </div>
  );
}

function StepText({ node, guide }: GuideBranchProps) {
  const step = guide.steps[node.place]!;
  const asset = guide.stepLines[node.place]?.values['asset'];
  const kind = guide.kinds.find(({ value }) => value === step.kind)?.label ?? step.kind;
  return <p className="guide-step-text"><span className="soft">{kind}</span> <b>{step.text}</b>{isReference(asset) && <span className="soft"> {asset.label}</span>}{step.entity && <span className="soft"> {step.entity}</span>}</p>;
}

function StepInputs({ node, guide }: GuideBranchProps) {
  const catalogue = useCatalogue();
  const step = guide.steps[node.place]!;
  const asset = guide.stepLines[node.place]?.values['asset'];
  const assets = catalogue.entity('knowledge.asset');
  const name = step.text || step.code;
  const change = (values: Parameters<GuideDraft['changeStep']>[1]) => guide.changeStep(node.place, values);
  return (
    <div className="guide-inputs">
      <NativeSelect aria-label={`Kind of ${name}`} data={guide.kinds} value={step.kind} onChange={(event) => change({ kind: event.currentTarget.value })} />
      <Textarea aria-label={`Text of ${step.code}`} autosize minRows={1} maxRows={6} placeholder={step.kind === 'question' ? 'What is asked?' : 'What is to be done?'} value={step.text} onChange={(event) => change({ text: event.currentTarget.value })} />
      <CloseButton aria-label={`Take away ${name}`} onClick={() => guide.removeStep(node.place)} />
      {step.kind === 'article' && assets && <ReferenceSelect aria-label={`Article of ${name}`} entity={assets} value={isReference(asset) ? asset : null} onChange={(value) => change({ asset: value })} />}
      {step.kind === 'new_record' && (
        <NativeSelect
          aria-label={`What ${name} makes`} value={step.entity} data={[{ value: '', label: 'Which record' }, ...entityChoices(catalogue, (entity) => entity.creatable && entity.menu === 'documents')]}
          onChange={(event) => change({ entity: event.currentTarget.value })}
        />
      )}
    </div>
  );
}

function AnswerInputs({ place, isOpen, node, guide }: GuideBranchProps & { place: number; isOpen: boolean }) {
  const answer = guide.answers[place]!;
  const name = answer.text || `answer ${place + 1}`;
  const others = guide.steps.filter(({ code }) => code !== node.code).map(({ code, text }) => ({ value: code, label: text ? `${text.slice(0, 40)}` : code }));
  return (
    <div className="guide-answer">
      <TextInput aria-label={`Answer ${place + 1}`} placeholder="Answer" value={answer.text} autoComplete="off" onChange={(event) => guide.changeAnswer(place, { text: event.currentTarget.value })} />
      <NativeSelect aria-label={`Where ${name} leads`} data={[{ value: '', label: 'leads to …' }, ...others]} value={others.some(({ value }) => value === answer.next) ? answer.next : ''} onChange={(event) => guide.changeAnswer(place, { next_step: event.currentTarget.value })} />
      {isOpen && <Button variant="default" size="compact-xs" onClick={() => guide.leadOn(place)} aria-label={`New step for ${name}`}>New step</Button>}
      <CloseButton size="sm" aria-label={`Take away the answer ${name}`} onClick={() => guide.removeAnswer(place)} />
    </div>
  );
}
