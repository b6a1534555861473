package io.clusterrecovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
  private static final Instant AT = Instant.parse("2026-11-26T01:02:03.000000004Z");

  private record Inner(String name, List<String> tags) {}

  private record Outer(
      Instant at, Outcome how, long size, boolean yes, @Nullable String none, List<Inner> inner) {}

  private static Outer outer(String text) {
    return new Outer(
        AT, Outcome.TIMED_OUT, Long.MIN_VALUE, true, null, List.of(new Inner(text, List.of(text))));
  }

  @Test
  void write_record_isOneLineInTheOrderOfItsComponents() {
    assertThat(Json.write(outer("a")))
        .isEqualTo(
            "{\"at\":\"2026-11-26T01:02:03.000000004Z\",\"how\":\"TIMED_OUT\","
                + "\"size\":-9223372036854775808,\"yes\":true,\"none\":null,"
                + "\"inner\":[{\"name\":\"a\",\"tags\":[\"a\"]}]}");
  }

  @Test
  void read_whatWasWritten_isEqualForEveryCharacter() {
    String all =
        IntStream.range(0, 0x3000).mapToObj(Character::toString).reduce("", String::concat);
    Outer outer = outer(all + "\uD83D\uDE00\uFFFF");
    assertThat(Json.read(Json.write(outer), Outer.class)).isEqualTo(outer);
    assertThat(Json.read(Json.writePretty(outer), Outer.class)).isEqualTo(outer);
  }

  @Test
  void write_everyCharacter_isReadAlikeByAnotherLibrary() throws Exception {
    String all =
        IntStream.range(0, 0x3000).mapToObj(Character::toString).reduce("", String::concat);
    assertThat(
            new ObjectMapper().readTree(Json.writePretty(outer(all))).at("/inner/0/name").asText())
        .isEqualTo(all);
  }

  @Test
  void read_whatAnotherLibraryWrites_isTheSame() {
    String json = "{ \"name\" : \"\\u00e4\\/\\b\\f\",\r\n\t\"more\": {\"x\": 1}, \"tags\": [ ] }";
    assertThat(Json.read(json, Inner.class)).isEqualTo(new Inner("\u00e4/\b\f", List.of()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "7",
        "{",
        "{\"name\"",
        "{\"name\":\"a\"",
        "{\"name\":\"a",
        "{\"name\":\"\\",
        "{\"name\":\"\\u00g0\"}",
        "{\"name\":\"\\x\"}",
        "{\"name\":\"\n\"}",
        "{\"name\":1}",
        "{\"name\":nil}",
        "{\"name\":\"a\",}",
        "{\"name\":\"a\"}}",
        "{\"name\":\"a\",\"name\":\"b\"}",
        "{\"tags\":[1.5]}",
        "{\"tags\":[99999999999999999999]}",
        "{\"tags\":[9999999999999999999]}",
        "{\"tags\":\"a\"}",
        "{\"tags\":[,]}",
        "{'name':'a'}"
      })
  void read_noInner_throwsIllegalArgument(String json) {
    assertThatThrownBy(() -> Json.read(json, Inner.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("not a Inner as JSON: ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"how\":\"NO_OUTCOME\",\"size\":1,\"yes\":true}",
        "{\"at\":\"yesterday\",\"size\":1,\"yes\":true}",
        "{\"size\":true,\"yes\":true}",
        "{\"size\":null,\"yes\":true}",
        "{\"size\":1,\"yes\":1}"
      })
  void read_wrongKindOfValue_throwsIllegalArgument(String json) {
    assertThatThrownBy(() -> Json.read(json, Outer.class))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void read_madeToExplode_throwsIllegalArgument() {
    String deep = "{\"tags\":" + "[".repeat(1_000_000);
    assertThatThrownBy(() -> Json.read(deep, Inner.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("64 levels");
  }

  @Test
  void write_somethingElse_throwsIllegalArgument() {
    assertThatThrownBy(() -> Json.write(List.of(1.5))).isInstanceOf(IllegalArgumentException.class);
  }
}
