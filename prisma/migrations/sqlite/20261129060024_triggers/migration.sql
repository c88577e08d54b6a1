-- CreateTable
CREATE TABLE "trigger" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "workspace_id" TEXT NOT NULL,
    "workflow_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "settings" TEXT NOT NULL,
    "mapping" TEXT NOT NULL,
    "branch" TEXT,
    "prompt_label" TEXT,
    "overlap" TEXT NOT NULL DEFAULT 'ALLOW',
    "max_runs" INTEGER NOT NULL DEFAULT 1,
    "rate_per_minute" INTEGER,
    "active" BOOLEAN NOT NULL DEFAULT true,
    "secret" TEXT,
    "previous_secret" TEXT,
    "previous_secret_expires_at" DATETIME,
    "next_due_at" DATETIME,
    "next_fire_at" DATETIME,
    "alarm_since" DATETIME,
    "alarm" TEXT,
    "last_fired_at" DATETIME,
    "listening_until" DATETIME,
    "created_by_id" TEXT NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "created_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "deleted_at" DATETIME,
    CONSTRAINT "trigger_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "trigger_workflow_id_fkey" FOREIGN KEY ("workflow_id") REFERENCES "workflow" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "delivery" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "workspace_id" TEXT NOT NULL,
    "trigger_id" TEXT NOT NULL,
    "received_at" DATETIME NOT NULL,
    "source" TEXT NOT NULL,
    "dedup_key" TEXT,
    "due_at" DATETIME,
    "verdict" TEXT NOT NULL,
    "reason" TEXT,
    "state" TEXT,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "retry_at" DATETIME,
    "launch_error" TEXT,
    "body" BLOB,
    "headers" TEXT NOT NULL DEFAULT '{}',
    "arrived_values" TEXT NOT NULL DEFAULT '{}',
    "execution_id" TEXT,
    "duplicate_of_id" TEXT,
    "redelivery_of_id" TEXT,
    "test_fire" BOOLEAN NOT NULL DEFAULT false,
    "depth" INTEGER NOT NULL DEFAULT 0,
    CONSTRAINT "delivery_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "delivery_trigger_id_fkey" FOREIGN KEY ("trigger_id") REFERENCES "trigger" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- RedefineTables
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_execution" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "workspace_id" TEXT NOT NULL,
    "workflow_id" TEXT NOT NULL,
    "workflow_version_id" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "trigger" TEXT NOT NULL,
    "started_by_id" TEXT NOT NULL,
    "inputs" TEXT NOT NULL,
    "output" TEXT,
    "error" TEXT,
    "lockfile" TEXT NOT NULL,
    "lease_owner" TEXT,
    "lease_epoch" INTEGER NOT NULL DEFAULT 0,
    "lease_expires_at" DATETIME,
    "claims" INTEGER NOT NULL DEFAULT 0,
    "wake_at" DATETIME,
    "created_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" DATETIME,
    "finished_at" DATETIME,
    "input_tokens" INTEGER NOT NULL DEFAULT 0,
    "output_tokens" INTEGER NOT NULL DEFAULT 0,
    "cached_input_tokens" INTEGER NOT NULL DEFAULT 0,
    "reasoning_tokens" INTEGER NOT NULL DEFAULT 0,
    "cost_usd" REAL,
    "branch" TEXT,
    "idempotency_key" TEXT,
    "labels" TEXT NOT NULL DEFAULT '[]',
    "max_runs" INTEGER,
    "run_key" TEXT,
    "max_runs_per_key" INTEGER,
    "admitted_at" DATETIME,
    "rerun_of_id" TEXT,
    "replay_id" TEXT,
    "parent_id" TEXT,
    "parent_step_key" TEXT,
    "item_index" INTEGER,
    "scope" TEXT,
    "trigger_id" TEXT,
    "delivery_id" TEXT,
    "max_runs_per_trigger" INTEGER,
    "chain_depth" INTEGER NOT NULL DEFAULT 0,
    CONSTRAINT "execution_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "execution_parent_id_fkey" FOREIGN KEY ("parent_id") REFERENCES "execution" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "execution_replay_id_fkey" FOREIGN KEY ("replay_id") REFERENCES "replay" ("id") ON DELETE SET NULL ON UPDATE CASCADE,
    CONSTRAINT "execution_workflow_version_id_fkey" FOREIGN KEY ("workflow_version_id") REFERENCES "workflow_version" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
INSERT INTO "new_execution" ("admitted_at", "branch", "cached_input_tokens", "claims", "cost_usd", "created_at", "error", "finished_at", "id", "idempotency_key", "input_tokens", "inputs", "item_index", "labels", "lease_epoch", "lease_expires_at", "lease_owner", "lockfile", "max_runs", "max_runs_per_key", "output", "output_tokens", "parent_id", "parent_step_key", "reasoning_tokens", "replay_id", "rerun_of_id", "run_key", "scope", "started_at", "started_by_id", "status", "trigger", "wake_at", "workflow_id", "workflow_version_id", "workspace_id") SELECT "admitted_at", "branch", "cached_input_tokens", "claims", "cost_usd", "created_at", "error", "finished_at", "id", "idempotency_key", "input_tokens", "inputs", "item_index", "labels", "lease_epoch", "lease_expires_at", "lease_owner", "lockfile", "max_runs", "max_runs_per_key", "output", "output_tokens", "parent_id", "parent_step_key", "reasoning_tokens", "replay_id", "rerun_of_id", "run_key", "scope", "started_at", "started_by_id", "status", "trigger", "wake_at", "workflow_id", "workflow_version_id", "workspace_id" FROM "execution";
DROP TABLE "execution";
ALTER TABLE "new_execution" RENAME TO "execution";
CREATE INDEX "execution_workspace_id_id_idx" ON "execution"("workspace_id", "id");
CREATE INDEX "execution_workflow_id_id_idx" ON "execution"("workflow_id", "id");
CREATE INDEX "execution_workspace_id_finished_at_idx" ON "execution"("workspace_id", "finished_at");
CREATE INDEX "execution_replay_id_idx" ON "execution"("replay_id");
CREATE INDEX "execution_rerun_of_id_idx" ON "execution"("rerun_of_id");
CREATE INDEX "execution_trigger_id_id_idx" ON "execution"("trigger_id", "id");
CREATE INDEX "execution_workspace_id_status_id_idx" ON "execution"("workspace_id", "status", "id");
CREATE INDEX "execution_status_lease_expires_at_idx" ON "execution"("status", "lease_expires_at");
CREATE UNIQUE INDEX "execution_workspace_id_idempotency_key_key" ON "execution"("workspace_id", "idempotency_key");
CREATE UNIQUE INDEX "execution_parent_id_parent_step_key_item_index_key" ON "execution"("parent_id", "parent_step_key", "item_index");
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;

-- CreateIndex
CREATE INDEX "trigger_workspace_id_id_idx" ON "trigger"("workspace_id", "id");

-- CreateIndex
CREATE INDEX "trigger_workflow_id_idx" ON "trigger"("workflow_id");

-- CreateIndex
CREATE INDEX "trigger_next_fire_at_idx" ON "trigger"("next_fire_at");

-- CreateIndex
CREATE INDEX "delivery_trigger_id_id_idx" ON "delivery"("trigger_id", "id");

-- CreateIndex
CREATE INDEX "delivery_workspace_id_id_idx" ON "delivery"("workspace_id", "id");

-- CreateIndex
CREATE INDEX "delivery_state_retry_at_idx" ON "delivery"("state", "retry_at");

-- CreateIndex
CREATE UNIQUE INDEX "delivery_trigger_id_dedup_key_key" ON "delivery"("trigger_id", "dedup_key");
