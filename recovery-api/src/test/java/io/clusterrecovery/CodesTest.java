package io.clusterrecovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class CodesTest {
  private static final Path PAGE = Path.of("../docs/codes.md");

  @Test
  void page_listsEachCodeOnce() throws IOException {
    List<String> listed = rows().stream().map(row -> row[1].strip().replace("`", "")).toList();
    assertThat(listed)
        .containsExactlyInAnyOrderElementsOf(Arrays.stream(Code.values()).map(Enum::name).toList());
  }

  @Test
  void page_eachCode_hasMeaningAndWhatToDo() throws IOException {
    assertThat(rows())
        .allSatisfy(
            row -> {
              assertThat(row).hasSize(4);
              assertThat(row[2]).isNotBlank();
              assertThat(row[3]).isNotBlank();
            });
  }

  private static List<String[]> rows() throws IOException {
    return Files.readAllLines(PAGE).stream()
        .filter(line -> line.startsWith("| `"))
        .map(line -> line.split("\\|"))
        .toList();
  }
}
