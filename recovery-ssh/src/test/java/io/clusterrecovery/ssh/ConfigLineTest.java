package io.clusterrecovery.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigLineTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "Port 22 | port | 22",
        "  HostName=10.0.0.1 | hostname | 10.0.0.1",
        "HOSTNAME = a | hostname | a",
        "Host a b\t!c | host | a;b;!c",
        "IdentityFile \"a b\" c | identityfile | a b;c",
        "IdentityFile 'a b' | identityfile | a b",
        "IdentityFile \"a\\\"b\" | identityfile | a\"b",
        "User core # me | user | core",
        "User a#b | user | a#b",
        "User \"\" | user | ``",
      })
  void parse_line_givesKeywordAndWords(String text, String keyword, String words) {
    assertThat(ConfigLine.parse(text))
        .contains(new ConfigLine(keyword, List.of(words.split(";", -1))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "# Host a", "\t#"})
  void parse_nothingSaid_givesNone(String text) {
    assertThat(ConfigLine.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Host", "IdentityFile \"a", "IdentityFile 'a b", "=x"})
  void parse_broken_isRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> ConfigLine.parse(text));
  }
}
