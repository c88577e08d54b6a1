-- CreateTable
CREATE TABLE "audit_entry" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "workspace_id" TEXT NOT NULL,
    "at" DATETIME NOT NULL,
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
    CONSTRAINT "audit_entry_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "audit_intent" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "workspace_id" TEXT NOT NULL,
    "at" DATETIME NOT NULL,
    "entry" TEXT NOT NULL,
    CONSTRAINT "audit_intent_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace" ("id") ON DELETE CASCADE ON UPDATE CASCADE
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

-- The log is added to and never changed. It goes with its workspace alone: by then the row of that is gone.
CREATE TRIGGER "audit_entry_is_never_changed" BEFORE UPDATE ON "audit_entry"
BEGIN
  SELECT RAISE(ABORT, 'Entries of the audit log can not be changed.');
END;

CREATE TRIGGER "audit_entry_is_never_deleted" BEFORE DELETE ON "audit_entry" WHEN EXISTS (SELECT 1 FROM "workspace" WHERE "id" = OLD."workspace_id")
BEGIN
  SELECT RAISE(ABORT, 'Entries of the audit log can not be deleted.');
END;

-- INSERT OR REPLACE deletes what it replaces without a word to the trigger above.
CREATE TRIGGER "audit_entry_is_never_replaced" BEFORE INSERT ON "audit_entry" WHEN EXISTS (SELECT 1 FROM "audit_entry" WHERE "id" = NEW."id")
BEGIN
  SELECT RAISE(ABORT, 'Entries of the audit log can not be replaced.');
END;
