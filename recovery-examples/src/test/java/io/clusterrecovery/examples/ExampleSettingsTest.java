package io.clusterrecovery.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExampleSettingsTest {

  @Test
  void read_file_givesWhatIsThereAndNamesWhatIsNot(@TempDir Path dir) throws IOException {
    Path file = Files.writeString(dir.resolve("file"), "lost = a, b\naddress.a = 10.0.0.5 \n");
    ExampleSettings settings = ExampleSettings.read(new String[] {file.toString()});
    assertThat(settings.texts("lost")).containsExactly("a", "b");
    assertThat(settings.address("a")).isEqualTo("10.0.0.5");
    assertThatThrownBy(() -> settings.address("b")).hasMessageContaining("no address.b");
  }

  @Test
  void read_otherThanOneArgument_isRefused() {
    assertThatThrownBy(() -> ExampleSettings.read(new String[0]))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
