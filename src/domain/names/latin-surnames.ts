/**
 * Common surnames in Latin script, in lower case: at a customer of the same name they leave a doubt, not a refusal (R13).
 * Not a ranking: well-known surnames of Japan in Hepburn spelling, of English, German and French speakers, of Korea, China and Vietnam.
 */
export const LATIN_SURNAMES: ReadonlySet<string> = new Set(
  `
  sato suzuki takahashi tanaka ito itoh watanabe yamamoto nakamura kobayashi kato yoshida yamada sasaki yamaguchi matsumoto inoue kimura hayashi saito shimizu yamazaki yamasaki mori ikeda hashimoto abe ishikawa yamashita nakajima ishii ogawa
  maeda okada hasegawa fujita goto kondo murakami endo aoki sakamoto fukuda ota ohta nishimura fujii okamoto fujiwara kaneko miura nakano nakagawa harada matsuda takeuchi ono tamura nakayama wada ishida morita ueda hara uchida shibata sakai miyazaki
  yokoyama takagi ando miyamoto ohno kojima kudo taniguchi imai takada maruyama masuda sugiyama murata otsuka arai fujimoto koyama hirano kono ueno takeda noguchi matsui chiba sugawara iwasaki kubo kinoshita sano nomura honda matsushita toyoda
  smith johnson williams brown jones garcia miller davis rodriguez martinez hernandez lopez gonzalez wilson anderson thomas taylor moore jackson martin lee perez thompson white harris sanchez clark ramirez lewis robinson walker young allen king wright scott torres nguyen hill flores green adams nelson baker hall rivera campbell mitchell carter roberts
  müller mueller schmidt schneider fischer weber meyer wagner becker schulz hoffmann bernard dubois durand leroy moreau laurent simon kim park choi jung kang cho yoon jang wang li zhang liu chen yang huang zhao wu zhou tran pham hoang phan
`
    .trim()
    .split(/\s+/),
)
