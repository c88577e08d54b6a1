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

-- Not by a new table, as Prisma would have it: to drop the old one would delete the steps and events that refer to it.
ALTER TABLE "execution" ADD COLUMN "trigger_id" TEXT;
ALTER TABLE "execution" ADD COLUMN "delivery_id" TEXT;
ALTER TABLE "execution" ADD COLUMN "max_runs_per_trigger" INTEGER;
ALTER TABLE "execution" ADD COLUMN "chain_depth" INTEGER NOT NULL DEFAULT 0;

-- CreateIndex
CREATE INDEX "execution_trigger_id_id_idx" ON "execution"("trigger_id", "id");

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
