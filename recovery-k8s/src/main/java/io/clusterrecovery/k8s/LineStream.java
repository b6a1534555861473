package io.clusterrecovery.k8s;

import java.io.IOException;
import okhttp3.Call;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** An answer that comes line by line and may go on for long. Closed by any thread. */
final class LineStream implements AutoCloseable {
  private final Call call;
  private final Response response;

  LineStream(Call call, Response response) {
    this.call = call;
    this.response = response;
  }

  /**
   * {@return the next line, or null at the end}
   *
   * @throws ApiFailure if the connection broke
   */
  @Nullable String next() {
    try {
      return response.body().source().readUtf8Line();
    } catch (IOException e) {
      throw ApiFailure.noAnswer("watching", e);
    }
  }

  @Override
  public void close() {
    call.cancel();
    response.close();
  }
}
