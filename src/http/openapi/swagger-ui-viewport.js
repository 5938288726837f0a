// Swagger UI's page has no viewport, so that phones would show it as wide as a screen.
document.head.append(
  Object.assign(document.createElement('meta'), { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
)
