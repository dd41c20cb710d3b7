// SPDX-License-Identifier: GPL-3.0-or-later
// What a student does on the pages: the parts that several journeys need.
import assert from "node:assert/strict";

const USED = [ "button", "link", "textbox", "checkbox", "radio", "slider", "progressbar", "img", "image", "application", "navigation" ];

export class Student
{
  constructor (stage, phone, who)
  {
    this.stage = stage;
    this.page = phone.page;
    this.who = who;
  }

  async arrive ()
  {
    await this.page.goto(this.stage.address);
    await this.on("notice");
  }

  // Waits until a page is shown, and looks at what every page has to keep.
  async on (name)
  {
    await this.page.waitForSelector(`body[data-page=${name}] main h1`);
    await this.lookAtPage(name);
  }

  // Nothing is wider than the screen, and everything that can be used has a name for a screen reader.
  async lookAtPage (name)
  {
    const [ wide, screen ] = await this.page.evaluate(() => [ document.documentElement.scrollWidth, window.innerWidth ]);
    assert.ok(wide <= screen, `${name}: ${wide} px wide on a screen of ${screen} px`);
    const session = await this.page.context().newCDPSession(this.page);
    const { nodes } = await session.send("Accessibility.getFullAXTree");
    await session.detach();
    for (const node of nodes)
      if (!node.ignored && USED.includes(node.role && node.role.value))
        assert.ok(node.name && node.name.value.trim(), `${name}: a ${node.role.value} without a name`);
  }

  main ()
  {
    return this.page.locator("main .actions .main").first();
  }

  async next ()
  {
    await this.main().click();
  }

  async consent (face = "yes")
  {
    await this.page.check("#agree");
    await this.page.check(`input[name=face][value=${face}]`);
    await this.next();
    await this.on("code");
  }

  async giveCode (file, number = this.who.student_no)
  {
    await this.page.fill("input:not([type])", number);
    await this.page.setInputFiles("#code-file input", file);
    await this.next();
  }

  // From the notice to the page that follows the code.
  async enter (page = "photo")
  {
    await this.arrive();
    await this.consent();
    await this.giveCode(this.stage.codeOf(this.who));
    await this.on(page);
  }

  // Another day: the session has ended, and the code opens it again where the student was.
  async comeBack (page)
  {
    await this.page.reload();
    await this.on("code");
    await this.problem("signed-out");
    await this.giveCode(this.stage.codeOf(this.who));
    await this.on(page);
  }

  async choosePhoto (file)
  {
    await this.page.setInputFiles("main label.button input[type=file]", file);
  }

  async upload (file)
  {
    await this.choosePhoto(file);
    await this.on("crop");
    await this.page.waitForSelector(".crop-frame");
  }

  // Has the checks run and waits for what they say.
  async check ()
  {
    await this.next();
    await this.on("checks");
    await this.page.waitForSelector("main .right > .box");
  }

  // Moves the photo in the crop frame by a number of presses of a key.
  async press (key, times)
  {
    await this.page.focus(".crop-frame");
    for (let i = 0; i < times; i++)
      await this.page.keyboard.press(key);
  }

  async problem (code)
  {
    const box = this.page.locator(`[role=alert][data-code=${code}]`);
    await box.waitFor();
    return box.innerText();
  }

  text (selector = "main")
  {
    return this.page.locator(selector).first().innerText();
  }

  // Tries left, as the page says.
  async triesLeft ()
  {
    const found = /还有 (\d+) 次（共 (\d+) 次）/.exec(await this.text());
    assert.ok(found, "the page says how many tries are left");
    return Number(found[1]);
  }

  async submit ()
  {
    await this.page.check("#sure");
    await this.next();
    await this.on("status");
  }
}
