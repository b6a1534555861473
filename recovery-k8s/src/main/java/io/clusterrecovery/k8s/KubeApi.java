package io.clusterrecovery.k8s;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.Pair;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * The API as plain documents: a document that goes back to the server keeps every field it came
 * with, those that this SDK doesn't know too.
 *
 * <p>It has time limits and connections of its own, so that an API server that dies in the middle
 * of a call cannot hold a recovery up; the caller's client is left as it is.
 */
final class KubeApi {
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration SILENCE = Duration.ofSeconds(10);
  private static final Duration CALL = Duration.ofSeconds(20);
  private static final Duration STREAM_SILENCE = Duration.ofSeconds(70);
  private static final Duration PING = Duration.ofSeconds(5);
  private static final String[] AUTH = {"BearerToken"};

  private final ApiClient client;
  private final OkHttpClient http;
  private final OkHttpClient streams;

  private KubeApi(ApiClient client, OkHttpClient http) {
    this.client = client;
    this.http = http;
    this.streams = http.newBuilder().callTimeout(Duration.ZERO).readTimeout(STREAM_SILENCE).build();
  }

  static KubeApi of(ApiClient client) {
    return of(client, SILENCE);
  }

  /**
   * {@return the API}
   *
   * @param silence how long to wait for the next byte of an answer
   */
  static KubeApi of(ApiClient client, Duration silence) {
    OkHttpClient own =
        client
            .getHttpClient()
            .newBuilder()
            .connectTimeout(CONNECT)
            .readTimeout(silence)
            .writeTimeout(silence)
            .callTimeout(CALL)
            .pingInterval(PING)
            .connectionPool(new ConnectionPool(2, 10, TimeUnit.SECONDS))
            .build();
    return new KubeApi(client, own);
  }

  /** {@return where the API is, for people} */
  String address() {
    return client.getBasePath();
  }

  Reply get(String path, String... query) {
    return send("GET", path, query, null);
  }

  /** {@return the object, or empty if there is none of that name} */
  Optional<Reply> find(String path) {
    try {
      return Optional.of(get(path));
    } catch (ApiFailure e) {
      if (e.status() == 404) {
        return Optional.empty();
      }
      throw e;
    }
  }

  Reply put(String path, JsonObject document) {
    return send("PUT", path, new String[0], document);
  }

  /** Changes those fields of an object that are in the document. */
  Reply patch(String path, JsonObject document) {
    return send("PATCH", path, new String[0], document);
  }

  /** Deletes an object; the document says which one is meant. */
  Reply delete(String path, JsonObject document) {
    return send("DELETE", path, new String[0], document);
  }

  Reply post(String path, JsonObject document) {
    return send("POST", path, new String[0], document);
  }

  /**
   * {@return an answer of many lines, as it comes} Its server is expected to end it within a
   * minute.
   *
   * @throws ApiFailure if the server doesn't begin it
   */
  LineStream stream(String path, String... query) {
    String what = "GET " + path + " (watch)";
    try {
      Call call = streams.newCall(request("GET", path, query, null));
      Response response = call.execute();
      LineStream lines = new LineStream(call, response);
      if (!response.isSuccessful()) {
        try (lines) {
          throw refused(what, response.code(), response.body().string());
        }
      }
      return lines;
    } catch (IOException e) {
      throw ApiFailure.noAnswer(what, e);
    } catch (ApiException e) {
      throw new ApiFailure(e.getCode(), what + " could not be made: " + e.getMessage(), e);
    }
  }

  /** Asks a health endpoint, whose answer is plain text. */
  void ask(String path) {
    call("GET", path, new String[0], null);
  }

  private Reply send(String method, String path, String[] query, @Nullable JsonObject document) {
    Answer answer = call(method, path, query, document);
    try {
      return new Reply(JsonParser.parseString(answer.text()).getAsJsonObject(), answer.date());
    } catch (JsonParseException | IllegalStateException e) {
      String found = method + " " + path + " was answered with something that is no document";
      throw new ApiFailure(answer.status(), found, e);
    }
  }

  private Answer call(String method, String path, String[] query, @Nullable JsonObject document) {
    String call = method + " " + path;
    try (Response response = http.newCall(request(method, path, query, document)).execute()) {
      String text = response.body().string();
      if (!response.isSuccessful()) {
        throw refused(call, response.code(), text);
      }
      Date date = response.headers().getDate("Date");
      return new Answer(response.code(), text, Optional.ofNullable(date).map(Date::toInstant));
    } catch (IOException e) {
      throw ApiFailure.noAnswer(call, e);
    } catch (ApiException e) {
      throw new ApiFailure(e.getCode(), call + " could not be made: " + e.getMessage(), e);
    }
  }

  private Request request(String method, String path, String[] query, @Nullable JsonObject document)
      throws ApiException {
    Map<String, String> headers = new HashMap<>(Map.of("Accept", "application/json"));
    if (document != null) {
      boolean patch = method.equals("PATCH");
      headers.put("Content-Type", patch ? "application/merge-patch+json" : "application/json");
    }
    return client.buildRequest(
        null,
        path,
        method,
        pairs(query),
        List.of(),
        document,
        headers,
        new HashMap<>(),
        new HashMap<>(),
        AUTH,
        null);
  }

  private static List<Pair> pairs(String[] query) {
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < query.length; i += 2) {
      pairs.add(new Pair(query[i], query[i + 1]));
    }
    return pairs;
  }

  private static ApiFailure refused(String call, int status, String text) {
    return new ApiFailure(
        status, call + " was answered with " + status + ": " + messageOf(text), null);
  }

  private static String messageOf(String text) {
    try {
      String message = Doc.text(JsonParser.parseString(text), "message");
      return Shown.text(message.isEmpty() ? text : message);
    } catch (JsonParseException e) {
      return Shown.text(text);
    }
  }

  private record Answer(int status, String text, Optional<Instant> date) {}
}
