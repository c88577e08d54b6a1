import { Notifications } from '@mantine/notifications';
import { createBrowserRouter, Navigate, Outlet, type LazyRouteFunction, type RouteObject } from 'react-router';
import { connection } from './api/connection';
import { RequireSession } from './features/auth/require-session';
import { NotFoundPage } from './shell/not-found';
import { PageLoading, RouteFailure } from './shell/route-states';

interface PageModule {
  default: React.ComponentType;
}

type LoadPage = () => Promise<PageModule>;

const pages = {
  home: () => import('./features/home/home.page'),
  promptList: () => import('./features/prompts/library/prompt-list.page'),
  newPrompt: () => import('./features/prompts/new-prompt.page'),
  promptFrame: () => import('./features/prompts/prompt-frame.page'),
  promptEditor: () => import('./features/prompts/prompt-editor.page'),
  promptHistory: () => import('./features/prompts/history/graph/history.page'),
  promptCompare: () => import('./features/prompts/history/diff/compare.page'),
  promptPlayground: () => import('./features/prompts/playground/playground.page'),
  promptMerge: () => import('./features/prompts/history/merge/merge.page'),
  workflowList: () => import('./features/workflows/workflow-list.page'),
  workflowEditor: () => import('./features/workflows/workflow-editor.page'),
  runList: () => import('./features/executions/list/run-list.page'),
  run: () => import('./features/executions/run.page'),
  compareRuns: () => import('./features/executions/compare/compare-runs.page'),
  replay: () => import('./features/executions/replay/replay.page'),
  triggerList: () => import('./features/triggers/list/trigger-list.page'),
  newTrigger: () => import('./features/triggers/form/new-trigger.page'),
  trigger: () => import('./features/triggers/detail/trigger.page'),
  settingsFrame: () => import('./features/settings/settings-frame.page'),
  providers: () => import('./features/settings/providers/providers.page'),
  secrets: () => import('./features/settings/secrets/secrets.page'),
  apiKeys: () => import('./features/settings/api-keys.page'),
  modelPrices: () => import('./features/settings/prices/model-prices.page'),
  budgets: () => import('./features/settings/budgets/budgets.page'),
  retention: () => import('./features/settings/retention/retention.page'),
  auditLog: () => import('./features/audit/audit-log.page'),
} satisfies Record<string, LoadPage>;

function Root() {
  return (
    <>
      <Notifications position="bottom-right" limit={4} />
      <Outlet />
    </>
  );
}

export function createRouter() {
  return createBrowserRouter([
    {
      Component: Root,
      ErrorBoundary: RouteFailure,
      HydrateFallback: PageLoading,
      children: [
        { path: '/sign-in', lazy: page(() => import('./features/auth/sign-in.page')) },
        { path: '/sign-up', lazy: page(() => import('./features/auth/sign-up.page')) },
        { path: '/approvals/:token', lazy: page(() => import('./features/executions/decisions/approval-link.page')) },
        {
          Component: RequireSession,
          children: [
            {
              ErrorBoundary: RouteFailure,
              children: [
                { index: true, lazy: page(pages.home) },
                { path: '/prompts', lazy: page(pages.promptList) },
                { path: '/prompts/new', lazy: page(pages.newPrompt) },
                {
                  path: '/prompts/:id',
                  lazy: page(pages.promptFrame),
                  children: [
                    { index: true, lazy: page(pages.promptEditor) },
                    { path: 'history', lazy: page(pages.promptHistory) },
                    { path: 'compare', lazy: page(pages.promptCompare) },
                    { path: 'merge', lazy: page(pages.promptMerge) },
                    { path: 'playground', lazy: page(pages.promptPlayground) },
                  ],
                },
                { path: '/workflows', lazy: page(pages.workflowList) },
                { path: '/workflows/new', lazy: page(pages.workflowEditor) },
                { path: '/workflows/:id', lazy: page(pages.workflowEditor) },
                { path: '/runs', lazy: page(pages.runList) },
                { path: '/runs/compare', lazy: page(pages.compareRuns) },
                { path: '/runs/:id', lazy: page(pages.run) },
                { path: '/triggers', lazy: page(pages.triggerList) },
                { path: '/triggers/new', lazy: page(pages.newTrigger) },
                { path: '/triggers/:id', lazy: page(pages.trigger) },
                { path: '/replays/:id', lazy: page(pages.replay) },
                {
                  path: '/settings',
                  lazy: page(pages.settingsFrame),
                  children: [
                    { index: true, element: <Navigate to="/settings/providers" replace /> },
                    { path: 'providers', lazy: page(pages.providers) },
                    { path: 'secrets', lazy: page(pages.secrets) },
                    { path: 'api-keys', lazy: page(pages.apiKeys) },
                    { path: 'prices', lazy: page(pages.modelPrices) },
                    { path: 'budgets', lazy: page(pages.budgets) },
                    { path: 'retention', lazy: page(pages.retention) },
                    { path: 'audit', lazy: page(pages.auditLog) },
                  ],
                },
                { path: '*', Component: NotFoundPage },
              ],
            },
          ],
        },
      ],
    },
  ]);
}

/** Loads the code of all pages, one after the other, so that going to one is instant and needs no connection. */
export async function loadPagesAhead(): Promise<void> {
  for (const load of Object.values<LoadPage>(pages)) {
    // What can't be loaded now is loaded, or reported, when it is asked for.
    await load().catch(() => undefined);
  }
}

function page(load: LoadPage): LazyRouteFunction<RouteObject> {
  return async () => {
    const { default: Component } = await load().catch(async () => {
      await connection.untilRestored();
      return load();
    });
    return { Component };
  };
}
