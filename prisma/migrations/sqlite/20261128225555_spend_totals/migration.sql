-- DropTable
DROP TABLE "spend";

-- CreateTable
CREATE TABLE "spend_total" (
    "workspace_id" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "period" TEXT NOT NULL,
    "spent_usd" REAL NOT NULL DEFAULT 0,
    "reserved_usd" REAL NOT NULL DEFAULT 0,

    PRIMARY KEY ("workspace_id", "subject", "period"),
    CONSTRAINT "spend_total_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
