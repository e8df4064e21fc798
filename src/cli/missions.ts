console.log('missions')
