export type Risk = 'lost' | 'high' | 'medium' | 'low';

export interface TopicRisk {
  topic: string;
  topicId: number;
  holders: number;
  /** Of them, who are not known to leave. */
  staying: number;
  topHolder: string;
  /** Of all that was done, in percent; null where nothing was. */
  topShare: number | null;
  leaving: string;
  leavesOn: string;
  revenue: string;
}

const order: Risk[] = ['lost', 'high', 'medium', 'low'];
export const risks: { risk: Risk; label: string; meaning: string }[] = [
  { risk: 'lost', label: 'Not covered', meaning: 'nobody who stays knows it' },
  { risk: 'high', label: 'High risk', meaning: 'one person who stays knows it, or two of whom one knows nearly all' },
  { risk: 'medium', label: 'Medium risk', meaning: 'two people who stay know it, or more of whom one knows nearly all' },
  { risk: 'low', label: 'Low risk', meaning: 'three people or more who stay know it' },
];

/** From this share on one person knows nearly all. */
const nearlyAll = 75;

/** By how many people stay who know it, and a step higher where one of several knows nearly all. */
export function riskOf({ staying, topShare }: Pick<TopicRisk, 'staying' | 'topShare'>): Risk {
  const place = Math.min(staying, 3);
  const isUneven = staying > 1 && topShare !== null && topShare >= nearlyAll;
  return order[isUneven ? place - 1 : place]!;
}

export function riskLabel(risk: Risk): string {
  return risks.find((one) => one.risk === risk)!.label;
}

/** The columns of the map: nobody, one, two, three or more. */
export const holderColumns = ['Nobody', 'One person', 'Two people', 'Three or more'];

export function columnOf(count: number): number {
  return Math.min(count, holderColumns.length - 1);
}

/** What is most at risk first, and of that what the most depends on. */
export function byRisk(left: TopicRisk, right: TopicRisk): number {
  return order.indexOf(riskOf(left)) - order.indexOf(riskOf(right)) || Number(right.revenue) - Number(left.revenue) || left.topic.localeCompare(right.topic);
}
