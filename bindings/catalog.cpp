// Writes the catalog as a JavaScript module, for whoever holds an engine that was built without its texts.
#include "mlp/catalog.hpp"

#include <cstdio>

#include "mlp/json.hpp"

int main() {
  const bool written = std::printf("export default %s;\n", mlp::to_json(mlp::catalog()).c_str()) > 0;
  return written && std::fflush(stdout) == 0 ? 0 : 1;
}
