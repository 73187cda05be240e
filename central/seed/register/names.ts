import { type Prng, Weighted } from '../prng.ts';

/** Surnames as they are spread in the county, by rough weight. */
const surnames = new Weighted<string>([
  ['陈', 170],
  ['林', 150],
  ['郑', 80],
  ['黄', 75],
  ['张', 60],
  ['李', 55],
  ['吴', 50],
  ['杨', 42],
  ['王', 36],
  ['傅', 30],
  ['谢', 28],
  ['刘', 26],
  ['蔡', 24],
  ['严', 18],
  ['朱', 18],
  ['余', 16],
  ['徐', 15],
  ['薛', 14],
  ['茅', 10],
  ['唐', 10],
  ['何', 10],
  ['苏', 10],
  ['戴', 9],
  ['方', 9],
  ['连', 8],
  ['曾', 8],
  ['温', 7],
  ['范', 7],
  ['柯', 6],
  ['阮', 6],
]);
const firsts = [...'国建志文金玉清春德明庆元天加永福荣新丽美雪秀素淑碧燕凤梅阿开良宗世景俊伟少'];
const seconds = [...'林华明辉强平松山泉洪贤忠芳英珍琴兰香梅云霞钦煌锋聪勇龙水火发财生添耀仁义思杰斌'];

export function surnameOf(prng: Prng): string {
  return surnames.draw(prng);
}

/** A made-up name of two or three characters. */
export function personNameOf(prng: Prng, surname = surnameOf(prng)): string {
  const second = prng.pick(seconds);
  return prng.chance(120) ? surname + second : surname + prng.pick(firsts) + second;
}

/**
 * The n-th synthetic mobile number: 161 and eight digits. The prefix 161 is given to no operator, so no number of the set can ring at a
 * real person's.
 */
export function syntheticMobile(n: number): string {
  return `161${String(10_000_000 + (n % 90_000_000))}`;
}

/** A number written as registers really hold them: most well, some with spaces, "/", +86 or a dash, a few with a second number. */
export function writtenPhone(n: number, prng: Prng): string {
  const mobile = syntheticMobile(n);
  const [a, b, c] = [mobile.slice(0, 3), mobile.slice(3, 7), mobile.slice(7)];
  const roll = prng.below(1000);
  if (roll < 880) return mobile;
  if (roll < 915) return `${a} ${b} ${c}`;
  if (roll < 940) return `+86 ${mobile}`;
  if (roll < 955) return `86-${a}-${b}-${c}`;
  if (roll < 975) return `${mobile}/${syntheticMobile(n + 45_000_000)}`;
  // Local numbers never begin with 0, so this landline cannot exist either.
  if (roll < 985) return `${mobile} / 0594-0${b}${c.slice(2)}`;
  return `${a}${b}－${c}`;
}
