-- AlterTable
ALTER TABLE "outbox_event" ADD COLUMN     "claimed_until" TIMESTAMP(3);
