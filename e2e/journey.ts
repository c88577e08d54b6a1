import { type BrowserContext, type Page, expect, test as base } from '@playwright/test';
import { DemoApi } from '../demo/demo-api.js';
import { CuttableLink } from '../server/testing/cuttable-link.js';
import { type Account, newAccount, signUpByApi } from './account.js';
import { Product } from './product.js';

interface Fixtures {
  /** Settings of the product beside the usual ones. */
  environment: Readonly<Record<string, string>>;
  /** Started for this test alone, on an empty data folder. */
  product: Product;
  /** What `page.goto('/…')` goes through to the product. */
  link: CuttableLink;
  /** An account that exists, signed in over the API. */
  api: DemoApi & { account: Account };
  conduct: Conduct;
  /** Opens a page in a browser of its own, as on another device. */
  otherDevice: () => Promise<Page>;
}

/** A test with the built product behind it. It fails when anything asks another machine for anything, or when the page or the server complains. */
export const test = base.extend<Fixtures>({
  environment: [{}, { option: true }],
  product: async ({ environment }, use) => {
    const product = await Product.start(environment);
    await use(product);
    await product.dispose();
    expect(product.outbound, 'connections of the server to other machines').toEqual([]);
    expect(product.complaints, 'what the server complained about').toEqual([]);
  },
  link: async ({ product }, use) => {
    const link = await CuttableLink.to(product.port);
    await use(link);
    await link.dispose();
  },
  baseURL: async ({ link }, use) => use(link.url),
  api: async ({ product }, use) => {
    const account = newAccount();
    const api = new DemoApi(product.url);
    await signUpByApi(api, account);
    await use(Object.assign(api, { account }));
  },
  conduct: [
    async ({ context }, use) => {
      const conduct = new Conduct();
      conduct.watch(context);
      await use(conduct);
      conduct.check();
    },
    { auto: true },
  ],
  otherDevice: async ({ browser, baseURL, conduct }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async () => {
      const context = await browser.newContext({ baseURL });
      contexts.push(context);
      conduct.watch(context);
      return context.newPage();
    });
    for (const context of contexts) await context.close();
  },
});

/** What the pages of the browsers asked for and complained about. */
class Conduct {
  private readonly foreign: string[] = [];
  private readonly complaints: string[] = [];
  private tolerated: RegExp[] = [];

  watch(context: BrowserContext): void {
    context.on('request', (request) => this.note(request.url()));
    context.on('weberror', (error) => this.complaints.push(error.error().message));
    context.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') this.complaints.push(`${message.text()} (${message.location().url})`);
    });
    context.on('page', (page) => page.on('websocket', (socket) => this.note(socket.url())));
  }

  /** Complaints of this kind belong to the journey, such as failed requests while the connection is cut. */
  tolerate(pattern: RegExp): void {
    this.tolerated.push(pattern);
  }

  check(): void {
    expect(this.foreign, 'requests to other machines').toEqual([]);
    const unexpected = this.complaints.filter((text) => !this.tolerated.some((pattern) => pattern.test(text)));
    expect(unexpected, 'complaints in the browser’s console').toEqual([]);
  }

  private note(url: string): void {
    const { protocol, hostname } = new URL(url);
    if (['http:', 'https:', 'ws:', 'wss:'].includes(protocol) && !['127.0.0.1', 'localhost'].includes(hostname)) this.foreign.push(url);
  }
}

export { expect };
