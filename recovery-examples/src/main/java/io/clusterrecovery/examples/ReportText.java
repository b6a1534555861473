package io.clusterrecovery.examples;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.std.FromStringDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import io.clusterrecovery.Report;
import java.time.Instant;

/** Reads the JSON of a report of another process back; its failure is not part of that. */
final class ReportText {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .addModule(new SimpleModule().addDeserializer(Instant.class, new Moments()))
          .build();

  private ReportText() {}

  static Report read(String json) {
    try {
      return MAPPER.readValue(json, Report.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("not a report", e);
    }
  }

  private static final class Moments extends FromStringDeserializer<Instant> {
    private static final long serialVersionUID = 1L;

    private Moments() {
      super(Instant.class);
    }

    @Override
    protected Instant _deserialize(String text, DeserializationContext context) {
      return Instant.parse(text);
    }
  }
}
