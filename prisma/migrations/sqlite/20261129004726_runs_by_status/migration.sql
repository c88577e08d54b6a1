-- CreateIndex
CREATE INDEX "execution_workspace_id_status_id_idx" ON "execution"("workspace_id", "status", "id");
