-- AlterTable
ALTER TABLE "replay" ADD COLUMN "idempotency_key" TEXT;

-- CreateIndex
CREATE INDEX "execution_rerun_of_id_idx" ON "execution"("rerun_of_id");

-- CreateIndex
CREATE UNIQUE INDEX "replay_workspace_id_idempotency_key_key" ON "replay"("workspace_id", "idempotency_key");
