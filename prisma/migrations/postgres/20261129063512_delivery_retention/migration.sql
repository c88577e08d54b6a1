-- AlterTable
ALTER TABLE "workspace" ADD COLUMN     "delivery_days" INTEGER NOT NULL DEFAULT 30;
