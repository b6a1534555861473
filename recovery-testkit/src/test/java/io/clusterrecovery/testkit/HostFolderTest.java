package io.clusterrecovery.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostFolderTest {
  @Test
  void lastWords_ofAConsole_areItsLastThreeLines(@TempDir Path temporary) throws IOException {
    HostFolder folder = new HostFolder(temporary);
    Files.writeString(folder.console(), "one\ntwo\nthree\nToo many open files\n\n");

    assertThat(folder.lastWords()).isEqualTo("two; three; Too many open files");
  }

  @Test
  void lastWords_withoutAConsole_tellThat(@TempDir Path temporary) {
    assertThat(new HostFolder(temporary).lastWords()).contains("cannot be read");
  }
}
