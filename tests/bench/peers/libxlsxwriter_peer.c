/* What a C programmer would write: <doc> records found with memmem, rows by libxlsxwriter in constant memory.
 *
 *   libxlsxwriter_peer IN OUT --processes N
 *
 * Files are shared out among N processes. Texts are cut at 32,767 UTF-16 units, as people do.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <xlsxwriter.h>

static const struct { const char *from; size_t length; char to; } ENTITIES[] = {
    {"&lt;", 4, '<'}, {"&gt;", 4, '>'}, {"&amp;", 5, '&'}, {"&quot;", 6, '"'}, {"&#39;", 5, '\''},
};

/* Copies text with its entities decoded and its tags left out, at most 32,767 UTF-16 units of it. */
static void text_of(char *to, const char *from, const char *end, int tags) {
    size_t units = 0;
    while (from < end && units < 32767) {
        if (*from == '&') {
            size_t i, count = sizeof ENTITIES / sizeof *ENTITIES;
            for (i = 0; i < count; i++)
                if ((size_t)(end - from) >= ENTITIES[i].length && !memcmp(from, ENTITIES[i].from, ENTITIES[i].length)) break;
            if (i < count) {
                *to++ = ENTITIES[i].to;
                from += ENTITIES[i].length;
                units++;
                continue;
            }
        }
        if (tags && *from == '<') {
            const char *close = memchr(from, '>', end - from);
            if (close) {
                from = close + 1;
                continue;
            }
        }
        unsigned char byte = *from;
        if ((byte & 0xc0) != 0x80) units += byte >= 0xf0 ? 2 : 1;
        if (byte >= ' ' || byte == '\n' || byte == '\t') *to++ = byte;
        from++;
    }
    while (from < end && (*from & 0xc0) == 0x80) *to++ = *from++;
    *to = 0;
}

static const char *find(const char *from, const char *end, const char *what) {
    return memmem(from, end - from, what, strlen(what));
}

static void attribute(char *to, const char *from, const char *end, const char *name) {
    *to = 0;
    const char *value = find(from, end, name);
    if (!value) return;
    value += strlen(name);
    const char *close = memchr(value, '"', end - value);
    if (close) text_of(to, value, close, 0);
}

static void convert(const char *source, const char *target) {
    FILE *file = fopen(source, "rb");
    struct stat about;
    if (!file || fstat(fileno(file), &about)) exit(1);
    size_t size = about.st_size;
    char *bytes = malloc(size + 1), *cell = malloc(size + 1);
    if (fread(bytes, 1, size, file) != size) exit(1);
    fclose(file);

    lxw_workbook_options options = {.constant_memory = LXW_TRUE};
    lxw_workbook *workbook = workbook_new_opt(target, &options);
    lxw_worksheet *worksheet = workbook_add_worksheet(workbook, NULL);
    worksheet_write_string(worksheet, 0, 0, "id", NULL);
    worksheet_write_string(worksheet, 0, 1, "title", NULL);
    worksheet_write_string(worksheet, 0, 2, "text", NULL);
    const char *at = bytes, *end = bytes + size;
    for (lxw_row_t row = 1; (at = find(at, end, "<doc ")); row++) {
        const char *tag = memchr(at, '>', end - at);
        const char *close = tag ? find(tag, end, "</doc>") : NULL;
        if (!close) break;
        attribute(cell, at, tag, " id=\"");
        worksheet_write_string(worksheet, row, 0, cell, NULL);
        attribute(cell, at, tag, " title=\"");
        worksheet_write_string(worksheet, row, 1, cell, NULL);
        text_of(cell, tag + 1, close, 1);
        worksheet_write_string(worksheet, row, 2, cell, NULL);
        at = close + 6;
    }
    if (workbook_close(workbook)) exit(1);
    free(bytes);
    free(cell);
}

int main(int count, char **words) {
    if (count < 3) return 2;
    int processes = count > 4 ? atoi(words[4]) : 1, failed = 0;
    mkdir(words[2], 0777);
    for (int n = 0; n < processes; n++) {
        if (fork()) continue;
        DIR *folder = opendir(words[1]);
        struct dirent *entry;
        for (int i = 0; folder && (entry = readdir(folder));) {
            if (entry->d_name[0] == '.' || i++ % processes != n) continue;
            char source[4096], target[4096];
            snprintf(source, sizeof source, "%s/%s", words[1], entry->d_name);
            snprintf(target, sizeof target, "%s/%s.xlsx", words[2], entry->d_name);
            convert(source, target);
        }
        _exit(0);
    }
    for (int status; wait(&status) > 0;) failed |= status != 0;
    return failed;
}
