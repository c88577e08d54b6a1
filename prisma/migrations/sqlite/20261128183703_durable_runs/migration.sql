-- CreateTable
CREATE TABLE "execution_signal" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "execution_id" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "payload" TEXT NOT NULL,
    "at" DATETIME NOT NULL,
    CONSTRAINT "execution_signal_execution_id_fkey" FOREIGN KEY ("execution_id") REFERENCES "execution" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "execution_label" (
    "execution_id" TEXT NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "label" TEXT NOT NULL,

    PRIMARY KEY ("execution_id", "label"),
    CONSTRAINT "execution_label_execution_id_fkey" FOREIGN KEY ("execution_id") REFERENCES "execution" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "replay" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "workspace_id" TEXT NOT NULL,
    "workflow_id" TEXT NOT NULL,
    "branch" TEXT NOT NULL,
    "started_by_id" TEXT NOT NULL,
    "created_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "replay_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "provider_credential" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "workspace_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "slug" TEXT NOT NULL,
    "provider" TEXT NOT NULL,
    "base_url" TEXT NOT NULL,
    "encrypted_key" TEXT NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "models" TEXT NOT NULL DEFAULT '[]',
    "requests_per_minute" INTEGER,
    "tokens_per_minute" INTEGER,
    "created_by_id" TEXT NOT NULL,
    "created_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "rotated_at" DATETIME,
    "revoked_at" DATETIME,
    "last_used_at" DATETIME,
    "last_test" TEXT,
    CONSTRAINT "provider_credential_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "secret" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "workspace_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "encrypted_value" TEXT NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "created_by_id" TEXT NOT NULL,
    "created_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" DATETIME NOT NULL,
    CONSTRAINT "secret_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "custom_model_price" (
    "workspace_id" TEXT NOT NULL,
    "model" TEXT NOT NULL,
    "input" REAL NOT NULL,
    "output" REAL NOT NULL,
    "cached_input" REAL,
    "source" TEXT NOT NULL DEFAULT '',
    "updated_at" DATETIME NOT NULL,

    PRIMARY KEY ("workspace_id", "model"),
    CONSTRAINT "custom_model_price_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "budget" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "workspace_id" TEXT NOT NULL,
    "workflow_id" TEXT NOT NULL DEFAULT '',
    "period" TEXT NOT NULL,
    "limit_usd" REAL NOT NULL,
    CONSTRAINT "budget_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "spend" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "workspace_id" TEXT NOT NULL,
    "workflow_id" TEXT NOT NULL DEFAULT '',
    "execution_id" TEXT NOT NULL DEFAULT '',
    "reserved_usd" REAL NOT NULL,
    "cost_usd" REAL,
    "at" DATETIME NOT NULL
);

-- AlterTable
ALTER TABLE "workspace" ADD COLUMN "retention_days" INTEGER NOT NULL DEFAULT 90;
ALTER TABLE "workspace" ADD COLUMN "retention_runs" INTEGER NOT NULL DEFAULT 10000;

-- AlterTable: by hand, since to redefine these tables would delete what refers to their rows.
ALTER TABLE "execution" ADD COLUMN "cached_input_tokens" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "execution" ADD COLUMN "reasoning_tokens" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "execution" ADD COLUMN "cost_usd" REAL;
ALTER TABLE "execution" ADD COLUMN "branch" TEXT;
ALTER TABLE "execution" ADD COLUMN "idempotency_key" TEXT;
ALTER TABLE "execution" ADD COLUMN "labels" TEXT NOT NULL DEFAULT '[]';
ALTER TABLE "execution" ADD COLUMN "max_runs" INTEGER;
ALTER TABLE "execution" ADD COLUMN "run_key" TEXT;
ALTER TABLE "execution" ADD COLUMN "max_runs_per_key" INTEGER;
ALTER TABLE "execution" ADD COLUMN "admitted_at" DATETIME;
ALTER TABLE "execution" ADD COLUMN "rerun_of_id" TEXT;
ALTER TABLE "execution" ADD COLUMN "replay_id" TEXT CONSTRAINT "execution_replay_id_fkey" REFERENCES "replay" ("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "execution" ADD COLUMN "parent_id" TEXT CONSTRAINT "execution_parent_id_fkey" REFERENCES "execution" ("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "execution" ADD COLUMN "parent_step_key" TEXT;
ALTER TABLE "execution" ADD COLUMN "item_index" INTEGER;
ALTER TABLE "execution" ADD COLUMN "scope" TEXT;

-- AlterTable
ALTER TABLE "step_execution" ADD COLUMN "cached_input_tokens" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "step_execution" ADD COLUMN "reasoning_tokens" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "step_execution" ADD COLUMN "cost_usd" REAL;
ALTER TABLE "step_execution" ADD COLUMN "waiting_for" TEXT;
ALTER TABLE "step_execution" ADD COLUMN "reused" BOOLEAN NOT NULL DEFAULT false;

-- CreateIndex
CREATE INDEX "execution_signal_execution_id_id_idx" ON "execution_signal"("execution_id", "id");

-- CreateIndex
CREATE INDEX "execution_label_workspace_id_label_execution_id_idx" ON "execution_label"("workspace_id", "label", "execution_id");

-- CreateIndex
CREATE INDEX "replay_workspace_id_id_idx" ON "replay"("workspace_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "provider_credential_workspace_id_slug_key" ON "provider_credential"("workspace_id", "slug");

-- CreateIndex
CREATE UNIQUE INDEX "secret_workspace_id_name_key" ON "secret"("workspace_id", "name");

-- CreateIndex
CREATE UNIQUE INDEX "budget_workspace_id_workflow_id_period_key" ON "budget"("workspace_id", "workflow_id", "period");

-- CreateIndex
CREATE INDEX "spend_workspace_id_at_idx" ON "spend"("workspace_id", "at");

-- CreateIndex
CREATE INDEX "spend_execution_id_idx" ON "spend"("execution_id");

-- CreateIndex
CREATE UNIQUE INDEX "execution_workspace_id_idempotency_key_key" ON "execution"("workspace_id", "idempotency_key");

-- CreateIndex
CREATE UNIQUE INDEX "execution_parent_id_parent_step_key_item_index_key" ON "execution"("parent_id", "parent_step_key", "item_index");

-- CreateIndex
CREATE INDEX "execution_workspace_id_finished_at_idx" ON "execution"("workspace_id", "finished_at");

-- CreateIndex
CREATE INDEX "execution_replay_id_idx" ON "execution"("replay_id");
