-- Not by a new table, as Prisma would have it: triggers of the audit log look at this one.
ALTER TABLE "workspace" ADD COLUMN "delivery_days" INTEGER NOT NULL DEFAULT 30;
