-- AlterTable
ALTER TABLE "prompt" ADD COLUMN     "archived_at" TIMESTAMP(3),
ADD COLUMN     "folder_id" TEXT;

-- AlterTable
ALTER TABLE "prompt_branch" ADD COLUMN     "archived_at" TIMESTAMP(3);

-- AlterTable
ALTER TABLE "prompt_version" ADD COLUMN     "branch_id" TEXT,
ADD COLUMN     "original_author" TEXT;

-- CreateTable
CREATE TABLE "prompt_reference" (
    "version_id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "path" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "at" TEXT NOT NULL,

    CONSTRAINT "prompt_reference_pkey" PRIMARY KEY ("version_id","position")
);

-- CreateTable
CREATE TABLE "prompt_label" (
    "id" TEXT NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "prompt_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "version_id" TEXT NOT NULL,
    "moved_by_id" TEXT NOT NULL,
    "moved_at" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "prompt_label_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "prompt_label_move" (
    "id" TEXT NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "prompt_id" TEXT NOT NULL,
    "label" TEXT NOT NULL,
    "from_version_id" TEXT,
    "to_version_id" TEXT,
    "moved_by_id" TEXT NOT NULL,
    "original_mover" TEXT,
    "moved_at" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "prompt_label_move_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "protected_prompt_label" (
    "workspace_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,

    CONSTRAINT "protected_prompt_label_pkey" PRIMARY KEY ("workspace_id","name")
);

-- CreateTable
CREATE TABLE "prompt_draft" (
    "workspace_id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "prompt_id" TEXT,
    "base_version_id" TEXT,
    "revision" INTEGER NOT NULL,
    "body" TEXT NOT NULL,
    "updated_at" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "prompt_draft_pkey" PRIMARY KEY ("workspace_id","user_id","key")
);

-- CreateTable
CREATE TABLE "prompt_folder" (
    "id" TEXT NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "parent_id" TEXT,
    "name" TEXT NOT NULL,
    "colour" TEXT NOT NULL,
    "created_at" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "prompt_folder_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "prompt_tag" (
    "prompt_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "workspace_id" TEXT NOT NULL,

    CONSTRAINT "prompt_tag_pkey" PRIMARY KEY ("prompt_id","name")
);

-- CreateTable; by hand: the collation, so that names are in the same order wherever the server stands, and the column words.
CREATE TABLE "prompt_search" (
    "row_id" SERIAL NOT NULL,
    "prompt_id" TEXT NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "name" TEXT COLLATE "C" NOT NULL,
    "tags" TEXT NOT NULL,
    "path" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "words" TSVECTOR NOT NULL,

    CONSTRAINT "prompt_search_pkey" PRIMARY KEY ("row_id")
);

-- CreateTable
CREATE TABLE "prompt_run" (
    "id" TEXT NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "prompt_id" TEXT NOT NULL,
    "version_id" TEXT,
    "content_hash" TEXT NOT NULL,
    "run_by_id" TEXT NOT NULL,
    "model" TEXT NOT NULL,
    "simulated" BOOLEAN NOT NULL,
    "status" TEXT NOT NULL,
    "values" TEXT NOT NULL,
    "messages" TEXT NOT NULL,
    "output" TEXT NOT NULL DEFAULT '',
    "tool_calls" TEXT NOT NULL DEFAULT '[]',
    "output_problems" TEXT,
    "error" TEXT,
    "finish_reason" TEXT,
    "input_tokens" INTEGER NOT NULL DEFAULT 0,
    "output_tokens" INTEGER NOT NULL DEFAULT 0,
    "cost" DOUBLE PRECISION,
    "first_token_ms" DOUBLE PRECISION,
    "duration_ms" DOUBLE PRECISION,
    "created_at" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "prompt_run_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "prompt_reference_workspace_id_path_idx" ON "prompt_reference"("workspace_id", "path");

-- CreateIndex
CREATE INDEX "prompt_label_version_id_idx" ON "prompt_label"("version_id");

-- CreateIndex
CREATE UNIQUE INDEX "prompt_label_prompt_id_name_key" ON "prompt_label"("prompt_id", "name");

-- CreateIndex
CREATE INDEX "prompt_label_move_prompt_id_label_id_idx" ON "prompt_label_move"("prompt_id", "label", "id");

-- CreateIndex
CREATE INDEX "prompt_label_move_workspace_id_moved_at_idx" ON "prompt_label_move"("workspace_id", "moved_at");

-- CreateIndex
CREATE INDEX "prompt_draft_prompt_id_idx" ON "prompt_draft"("prompt_id");

-- CreateIndex
CREATE INDEX "prompt_folder_workspace_id_parent_id_idx" ON "prompt_folder"("workspace_id", "parent_id");

-- CreateIndex
CREATE INDEX "prompt_folder_parent_id_idx" ON "prompt_folder"("parent_id");

-- CreateIndex
CREATE INDEX "prompt_tag_workspace_id_name_idx" ON "prompt_tag"("workspace_id", "name");

-- CreateIndex
CREATE UNIQUE INDEX "prompt_search_prompt_id_key" ON "prompt_search"("prompt_id");

-- CreateIndex
CREATE INDEX "prompt_search_workspace_id_name_prompt_id_idx" ON "prompt_search"("workspace_id", "name", "prompt_id");

-- By hand: what is searched. Left to itself, PostgreSQL would rather read the words of every prompt than this index, for it does not count what it costs
-- to fetch them from where they are stored; within this function it can't.
CREATE INDEX "prompt_search_words_idx" ON "prompt_search" USING GIN ("words");
CREATE FUNCTION "prompt_words"("workspace" TEXT, "question" TSQUERY) RETURNS SETOF "prompt_search" LANGUAGE sql STABLE ROWS 3000 SET enable_seqscan = off
    AS 'SELECT * FROM "prompt_search" WHERE "words" @@ "question" AND "workspace_id" = "workspace"';

-- CreateIndex
CREATE INDEX "prompt_run_prompt_id_id_idx" ON "prompt_run"("prompt_id", "id");

-- CreateIndex
CREATE INDEX "prompt_run_version_id_idx" ON "prompt_run"("version_id");

-- CreateIndex
CREATE INDEX "prompt_workspace_id_updated_at_id_idx" ON "prompt"("workspace_id", "updated_at", "id");

-- CreateIndex
CREATE INDEX "prompt_workspace_id_created_at_id_idx" ON "prompt"("workspace_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "prompt_folder_id_idx" ON "prompt"("folder_id");

-- AddForeignKey
ALTER TABLE "prompt" ADD CONSTRAINT "prompt_folder_id_fkey" FOREIGN KEY ("folder_id") REFERENCES "prompt_folder"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "prompt_reference" ADD CONSTRAINT "prompt_reference_version_id_fkey" FOREIGN KEY ("version_id") REFERENCES "prompt_version"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "prompt_label" ADD CONSTRAINT "prompt_label_prompt_id_fkey" FOREIGN KEY ("prompt_id") REFERENCES "prompt"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "prompt_label" ADD CONSTRAINT "prompt_label_version_id_fkey" FOREIGN KEY ("version_id") REFERENCES "prompt_version"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "prompt_label_move" ADD CONSTRAINT "prompt_label_move_prompt_id_fkey" FOREIGN KEY ("prompt_id") REFERENCES "prompt"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "protected_prompt_label" ADD CONSTRAINT "protected_prompt_label_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "prompt_draft" ADD CONSTRAINT "prompt_draft_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "prompt_draft" ADD CONSTRAINT "prompt_draft_prompt_id_fkey" FOREIGN KEY ("prompt_id") REFERENCES "prompt"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "prompt_folder" ADD CONSTRAINT "prompt_folder_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "prompt_folder" ADD CONSTRAINT "prompt_folder_parent_id_fkey" FOREIGN KEY ("parent_id") REFERENCES "prompt_folder"("id") ON DELETE NO ACTION ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "prompt_tag" ADD CONSTRAINT "prompt_tag_prompt_id_fkey" FOREIGN KEY ("prompt_id") REFERENCES "prompt"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "prompt_search" ADD CONSTRAINT "prompt_search_prompt_id_fkey" FOREIGN KEY ("prompt_id") REFERENCES "prompt"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "prompt_run" ADD CONSTRAINT "prompt_run_prompt_id_fkey" FOREIGN KEY ("prompt_id") REFERENCES "prompt"("id") ON DELETE CASCADE ON UPDATE CASCADE;
