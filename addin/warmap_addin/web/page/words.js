// The page's own words; those of the map come from Python.
const WORDS = {
  title: ["大客户作战地图", "Key-account war map"],
  lead: ["打开作战地图工作簿，直接在这里填。文件只在您的浏览器里，不会上传。", "Open a war map workbook and work on it here. The file stays in your browser; nothing is uploaded."],
  drop: ["把 .xlsx 拖到这里，或点一下选择文件", "Drop an .xlsx here, or press to choose one"],
  sample: ["看示例", "Look at a sample"],
  blank: ["新建空白地图", "New blank map"],
  again: ["接着上次没保存的：{file}", "Go on with unsaved work: {file}"],
  discard: ["丢掉", "Throw it away"],
  discardAsk: ["丢掉 {file} 里没保存的内容？丢掉后找不回来。", "Throw away the unsaved work on {file}? It cannot be brought back."],
  open: ["打开", "Open"], save: ["保存", "Save"], undo: ["撤销", "Undo"], redo: ["恢复", "Redo"],
  up: ["升序", "Sort A–Z"], down: ["降序", "Sort Z–A"], filter: ["筛选", "Filter"],
  explain: ["解释这一格", "Explain this cell"], rows: ["此人的行", "Rows for contact"], check: ["检查文件", "Check file"],
  snapshot: ["拍快照", "Take snapshot"], report: ["报告", "Report"], noNames: ["不带姓名的报告", "Report without names"], customer: ["给客户的版本", "Customer's copy"],
  people: ["导入联系人", "Import people"], json: ["导出 JSON", "Export JSON"], more: ["更多", "More"],
  scores: ["得分", "Scores"], flags: ["红旗", "Flags"], actions: ["下一步", "Next"], findings: ["检查", "Check"], changes: ["变化", "Changes"], picture: ["图", "Pictures"],
  panel: ["看板", "Board"],
  org: ["谁管谁", "Who reports to whom"], power: ["影响力与支持度", "Influence and support"], trend: ["得分走势", "Scores by snapshot"], stages: ["阶段漏斗", "Stage funnel"], download: ["下载图片", "Download"],
  larger: ["点开看大图", "Show it large"], close: ["关闭", "Close"],
  go: ["去那格", "Go there"], plan: ["写进“行动”", "Plan it"],
  loading: ["正在启动 Python（{done}/{of}）", "Starting Python ({done}/{of})"],
  reading: ["正在打开 {file} …", "Opening {file} …"], working: ["正在计算 …", "Calculating …"],
  ready: ["已就绪", "Ready"], saved: ["已保存为 {file}", "Saved as {file}"],
  edited: ["已重新计算：{cells} 格变了，健康度 {health}", "Calculated: {cells} cells changed, health {health}"],
  failed: ["Python 没有启动：{why}。请刷新页面；如果还不行，换 Chrome、Edge、Firefox 或 Safari 的新版本。", "Python did not start: {why}. Reload the page; if that does not help, use a current Chrome, Edge, Firefox or Safari."],
  lost: ["算得太久，已重来；填写的内容都在。", "That took too long and was begun anew; everything you entered is still here."],
  timeout: ["超过了时间", "it took too long"],
  computed: ["这一格是算出来的，不能填；点“解释这一格”看怎么来的。", "This cell is computed and cannot be typed into; “Explain this cell” tells how."],
  locked: ["这一格是模板的文字，不能改；要填的是没有底纹保护的格。", "This cell belongs to the template; type into the cells below the headings."],
  structure: ["这里只改内容：行列、工作表、格式和合并请在 Excel 里改，文件里原来的都会保留。", "Only contents change here: rows, columns, sheets, formats and merged cells are Excel's business, and what the file has is kept."],
  older: ["{why}\n\n现在搬到新模板上吗？原文件不动，保存时另存一份。", "{why}\n\nBring it over now? Your file stays as it is; saving makes another."],
  upgraded: ["_新模板", "_new template"],
  none: ["没有。", "None."],
  noPicture: ["先在“关键人”表里填几个人。", "Fill in some people on the People sheet first."],
  left: ["{count} 个公式没有在这里计算，保留文件里的结果。", "{count} formulas are not calculated here and keep the file's results."],
  toTake: ["要写进工作簿吗？", "Write this into the workbook?"],
  replace: ["先保存 {file}，还是直接打开别的文件？没保存的会丢掉。", "{file} has unsaved work. Open another file all the same? What is not saved is lost."],
};

export const words = {
  lang: /^zh/i.test(navigator.language || "zh") ? "zh" : "en",
  say(name, facts = {}) {
    const said = WORDS[name] ? WORDS[name][this.lang === "zh" ? 0 : 1] : name;
    return said.replace(/\{(\w+)\}/g, (whole, fact) => (fact in facts ? String(facts[fact]) : whole));
  },
};
export const say = (name, facts) => words.say(name, facts);
