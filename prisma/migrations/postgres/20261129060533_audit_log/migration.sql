-- CreateTable
CREATE TABLE "audit_entry" (
    "id" TEXT NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,
    "actor_type" TEXT NOT NULL,
    "actor_id" TEXT,
    "actor_name" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "subject_type" TEXT,
    "subject_id" TEXT,
    "subject_name" TEXT,
    "before" TEXT,
    "after" TEXT,
    "outcome" TEXT NOT NULL,
    "code" TEXT,
    "address" TEXT,
    "user_agent" TEXT,
    "request_id" TEXT,
    "execution_id" TEXT,
    "delivery_id" TEXT,

    CONSTRAINT "audit_entry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_intent" (
    "id" TEXT NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,
    "entry" TEXT NOT NULL,

    CONSTRAINT "audit_intent_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "audit_entry_workspace_id_id_idx" ON "audit_entry"("workspace_id", "id");

-- CreateIndex
CREATE INDEX "audit_entry_workspace_id_actor_id_id_idx" ON "audit_entry"("workspace_id", "actor_id", "id");

-- CreateIndex
CREATE INDEX "audit_entry_workspace_id_action_id_idx" ON "audit_entry"("workspace_id", "action", "id");

-- CreateIndex
CREATE INDEX "audit_entry_workspace_id_subject_id_id_idx" ON "audit_entry"("workspace_id", "subject_id", "id");

-- CreateIndex
CREATE INDEX "audit_entry_workspace_id_outcome_id_idx" ON "audit_entry"("workspace_id", "outcome", "id");

-- CreateIndex
CREATE INDEX "audit_intent_at_idx" ON "audit_intent"("at");

-- AddForeignKey
ALTER TABLE "audit_entry" ADD CONSTRAINT "audit_entry_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "audit_intent" ADD CONSTRAINT "audit_intent_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- The log is added to and never changed. It goes with its workspace alone: by then the row of that is gone.
CREATE FUNCTION audit_entry_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND NOT EXISTS (SELECT 1 FROM workspace WHERE id = OLD.workspace_id) THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION 'Entries of the audit log can not be changed or deleted.';
END $$;

CREATE TRIGGER audit_entry_is_never_changed BEFORE UPDATE OR DELETE ON "audit_entry" FOR EACH ROW EXECUTE FUNCTION audit_entry_stays();

CREATE TRIGGER audit_entry_is_never_emptied BEFORE TRUNCATE ON "audit_entry" FOR EACH STATEMENT EXECUTE FUNCTION audit_entry_stays();
