package io.clusterrecovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandTest {
  private final Command command = Command.of("systemctl", "stop", "etcd");

  @Test
  void of_defaults_areThoseDocumented() {
    assertThat(command.arguments()).containsExactly("systemctl", "stop", "etcd");
    assertThat(command.user()).isEqualTo(Command.RunAs.LOGIN);
    assertThat(command.limit()).isEqualTo(Duration.ofMinutes(5));
    assertThat(command.stdin()).isNull();
    assertThat(command.directory()).isNull();
  }

  @Test
  void setters_each_giveANewCommand() {
    Secret secret = Secret.of("s3cret");
    Command all =
        command.asRoot().env("A", "1").env("B", "2").in("/tmp").stdin(secret).limit(second());
    assertThat(all.environment()).isEqualTo(Map.of("A", "1", "B", "2"));
    assertThat(all.user()).isEqualTo(Command.RunAs.ROOT);
    assertThat(all.directory()).isEqualTo("/tmp");
    assertThat(all.stdin()).isSameAs(secret);
    assertThat(all.limit()).isEqualTo(second());
    assertThat(command).isEqualTo(Command.of("systemctl", "stop", "etcd"));
  }

  @Test
  void toString_withSecrets_showsNone() {
    Command shown = command.asRoot().stdin(Secret.of("s3cret")).env("TOKEN", "t0ken");
    assertThat(shown).hasToString("sudo systemctl stop etcd");
  }

  @Test
  void of_nulAnywhere_isRefusedWithoutShowingTheText() {
    assertThatThrownBy(() -> Command.of("echo", "a\0b"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("a\0b");
    assertThatThrownBy(() -> command.env("A", "a\0b")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> command.in("/a\0b")).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1A", "A-B", "A=B", "A B", "A\n", "É"})
  void env_noVariableName_isRefused(String name) {
    assertThatThrownBy(() -> command.env(name, "")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void limit_notMoreThanZero_isRefused() {
    assertThatThrownBy(() -> command.limit(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> command.limit(second().negated()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void new_withoutProgram_isRefused() {
    Map<String, String> none = Map.of();
    assertThatThrownBy(
            () -> new Command(List.of(), none, null, Command.RunAs.LOGIN, null, second()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void summary_ofAResult_isOneLineOfWhatWasPrintedLast() {
    assertThat(new CommandResult(1, "out", "a\n  b\n", second()).summary())
        .isEqualTo("exit status 1: a | b");
    assertThat(new CommandResult(0, "", " ", second()).summary()).isEqualTo("exit status 0");
    assertThat(new CommandResult(1, "x".repeat(400), "", second()).summary()).hasSize(316);
  }

  private static Duration second() {
    return Duration.ofSeconds(1);
  }
}
