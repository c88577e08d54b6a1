-- RedefineTables
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_workspace" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL,
    "created_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "retention_days" INTEGER NOT NULL DEFAULT 90,
    "retention_runs" INTEGER NOT NULL DEFAULT 10000,
    "delivery_days" INTEGER NOT NULL DEFAULT 30
);
INSERT INTO "new_workspace" ("created_at", "id", "name", "retention_days", "retention_runs") SELECT "created_at", "id", "name", "retention_days", "retention_runs" FROM "workspace";
DROP TABLE "workspace";
ALTER TABLE "new_workspace" RENAME TO "workspace";
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;
